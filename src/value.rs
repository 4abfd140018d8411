//! Values: text, numbers, quantities, money, times, booleans.
