//! Aggregates: one row for each group of rows, computed on ids.

use std::collections::HashMap;
use std::sync::Arc;

use crate::error::Result;
use crate::language::Function;
use crate::storage::TermId;
use crate::value::{Number, Value};

use super::super::algebra::{UNBOUND, VariableId};
use super::super::budget::Charge;
use super::super::cell::Cell;
use super::order::compare_ids;
use super::spill::Spread;
use super::table::TupleSet;
use super::{Batch, Context, Operator, column_of};

/// One aggregate: `count(distinct ?x)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Aggregate {
    pub(crate) function: Function,
    pub(crate) is_distinct: bool,
    /// What it is applied to; none for `count()`.
    pub(crate) argument: Option<VariableId>,
    /// What stands between the texts of `group_text`.
    pub(crate) separator: String,
    /// The variable that gets the result.
    pub(crate) output: VariableId,
}

/// A sum, exact while the numbers are whole.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    whole: i128,
    decimal: f64,
    has_decimal: bool,
    count: u64,
}

impl Sum {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a sum with decimals is a double"
    )]
    fn add(&mut self, number: Number, weight: u64) {
        self.count = self.count.saturating_add(weight);
        match number.simplified() {
            Number::Integer(whole) => {
                let product = i128::from(whole).saturating_mul(i128::from(weight));
                self.whole = self.whole.saturating_add(product);
            }
            Number::Decimal(decimal) => {
                self.has_decimal = true;
                self.decimal += decimal * weight as f64;
            }
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 64 bits a sum is a double"
    )]
    fn total(&self) -> Number {
        match i64::try_from(self.whole) {
            Ok(whole) if !self.has_decimal => Number::Integer(whole),
            _ => Number::Decimal(self.whole as f64 + self.decimal).simplified(),
        }
    }
}

/// What is kept of the groups of one aggregate.
enum State {
    Counts(Vec<u64>),
    Sums(Vec<Sum>),
    Best(Vec<u64>),
    Lists(Vec<Vec<u64>>, usize),
}

/// Groups rows by some columns.
pub(crate) struct Grouping {
    context: Arc<Context>,
    input: Option<Box<dyn Operator>>,
    key_columns: Vec<usize>,
    aggregates: Vec<(Aggregate, Option<usize>)>,
    states: Vec<State>,
    /// For distinct aggregates, the values each group has had.
    seen: Vec<Option<TupleSet>>,
    groups: TupleSet,
    numbers: HashMap<u64, Option<Number>>,
    variables: Vec<VariableId>,
    next: usize,
    charge: Charge,
    /// Rows of groups for which there was no memory, and those already taken apart.
    aside: Option<Spread>,
    parts: Vec<(Box<dyn Operator>, u32)>,
    level: u32,
}

/// Numbers of ids are kept for so many of them.
const CACHED_NUMBERS: usize = 1 << 16;

impl Grouping {
    pub(crate) fn new(
        context: &Arc<Context>,
        input: Box<dyn Operator>,
        keys: &[VariableId],
        aggregates: &[Aggregate],
    ) -> Self {
        let before = input.variables().to_vec();
        let states = aggregates.iter().map(State::of);
        let seen = aggregates.iter().map(seen_by);
        Self {
            context: Arc::clone(context),
            key_columns: keys
                .iter()
                .map(|&key| column_of(&before, key).unwrap_or(usize::MAX))
                .collect(),
            aggregates: aggregates
                .iter()
                .map(|aggregate| {
                    let column = |variable| column_of(&before, variable).unwrap_or(usize::MAX);
                    (aggregate.clone(), aggregate.argument.map(column))
                })
                .collect(),
            states: states.collect(),
            seen: seen.collect(),
            groups: TupleSet::new(keys.len()),
            numbers: HashMap::new(),
            variables: keys
                .iter()
                .copied()
                .chain(aggregates.iter().map(|aggregate| aggregate.output))
                .collect(),
            input: Some(input),
            next: 0,
            charge: context.charge(),
            aside: None,
            parts: Vec::new(),
            level: 0,
        }
    }

    /// Goes on with the next part that was put aside; whether there is one.
    fn next_part(&mut self) -> Result<bool> {
        if let Some(aside) = self.aside.take() {
            self.parts.extend(aside.into_parts()?);
        }
        let Some((part, level)) = self.parts.pop() else {
            return Ok(false);
        };
        let aggregates = || self.aggregates.iter().map(|(aggregate, _)| aggregate);
        self.states = aggregates().map(State::of).collect();
        self.seen = aggregates().map(seen_by).collect();
        self.groups = TupleSet::new(self.key_columns.len());
        self.charge.clear();
        self.next = 0;
        (self.input, self.level) = (Some(part), level);
        Ok(true)
    }

    /// The rows of a block whose groups are known already, where there is no memory for more
    /// groups; the others are put aside.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "blocks have less than 2^32 rows"
    )]
    fn known(&mut self, batch: Batch, variables: &[VariableId]) -> Result<Batch> {
        let value = self.counted_value();
        if self.aside.is_none() {
            let each = 16 * self.aggregates.len() + 24 * self.seen.iter().flatten().count();
            let bytes = self.bytes() - self.groups.bytes() + batch.rows * each;
            let is_one = self.key_columns.is_empty() && value.is_none();
            if is_one || self.charge.fits(bytes + self.groups.bytes_with(batch.rows)) {
                return Ok(batch);
            }
            self.aside = Some(Spread::new(variables, self.level)?);
        }
        let mut known = Vec::with_capacity(batch.rows);
        let mut key = Vec::new();
        for row in 0..batch.rows {
            key.clear();
            let is_known = if let Some(column) = value {
                key.push(batch.at(column, row));
                let mut seen = self.seen.iter().flatten();
                seen.any(|seen| seen.find(&[0, batch.at(column, row)]).is_some())
            } else {
                key.extend(self.key_columns.iter().map(|&column| batch.at(column, row)));
                self.groups.find(&key).is_some()
            };
            match &mut self.aside {
                Some(aside) if !is_known => aside.push(&key, &batch, row)?,
                _ => known.push(row as u32),
            }
        }
        Ok(batch.choose(&known))
    }

    /// The column whose different values all distinct aggregates of the only group are about.
    /// Rows with values not seen before can be put aside, and looked at part by part.
    fn counted_value(&self) -> Option<usize> {
        if !self.key_columns.is_empty() {
            return None;
        }
        let distinct = self
            .aggregates
            .iter()
            .filter(|(known, _)| known.is_distinct);
        let mut columns = distinct.map(|(_, column)| *column);
        let first = columns.next()??;
        columns.all(|column| column == Some(first)).then_some(first)
    }

    fn read(&mut self, input: Box<dyn Operator>) -> Result<()> {
        self.read_rows(input)?;
        if !self.key_columns.is_empty() {
            return Ok(());
        }
        // Parts that were put aside belong to the same group and have values of their own.
        loop {
            if let Some(aside) = self.aside.take() {
                self.parts.extend(aside.into_parts()?);
            }
            let Some((part, level)) = self.parts.pop() else {
                return Ok(());
            };
            let aggregates = self.aggregates.iter();
            self.seen = aggregates.map(|(known, _)| seen_by(known)).collect();
            self.charge.clear();
            self.level = level;
            self.read_rows(part)?;
        }
    }

    fn read_rows(&mut self, mut input: Box<dyn Operator>) -> Result<()> {
        if self.key_columns.is_empty() {
            self.groups.insert(&[]);
        }
        let mut key = Vec::new();
        let mut numbers = Vec::new();
        let variables = input.variables().to_vec();
        while let Some(batch) = input.next()? {
            self.context.budget.check()?;
            let batch = self.known(batch, &variables)?;
            numbers.clear();
            let mut last: Option<usize> = None;
            for row in 0..batch.rows {
                let is_same = row > 0
                    && self
                        .key_columns
                        .iter()
                        .all(|&column| batch.at(column, row) == batch.at(column, row - 1));
                let number = match last {
                    Some(last) if is_same => last,
                    _ => {
                        key.clear();
                        key.extend(self.key_columns.iter().map(|&column| batch.at(column, row)));
                        self.groups.insert(&key).0
                    }
                };
                last = Some(number);
                numbers.push(number);
            }
            for place in 0..self.aggregates.len() {
                self.add(place, &batch, &numbers)?;
            }
            self.charge.grow_to(self.bytes())?;
        }
        let groups = self.groups.len();
        self.states
            .iter_mut()
            .for_each(|state| state.resize(groups));
        Ok(())
    }

    fn bytes(&self) -> usize {
        let seen = self.seen.iter().flatten().map(TupleSet::bytes);
        let lists = self.states.iter().map(|state| match state {
            State::Lists(_, bytes) => *bytes,
            _ => self.groups.len() * 16,
        });
        self.groups.bytes() + seen.sum::<usize>() + lists.sum::<usize>()
    }

    /// Adds a block to one aggregate.
    fn add(&mut self, place: usize, batch: &Batch, numbers: &[usize]) -> Result<()> {
        let Some((aggregate, column)) = self.aggregates.get(place) else {
            return Ok(());
        };
        let (column, function) = (*column, aggregate.function);
        if matches!(function, Function::Sum | Function::Avg)
            && let Some(column) = column.and_then(|column| batch.columns.get(column))
        {
            let column = column.clone();
            self.learn_numbers(&column)?;
        }
        let (Some(state), Some(seen)) = (self.states.get_mut(place), self.seen.get_mut(place))
        else {
            return Ok(());
        };
        state.resize(self.groups.len());
        for (row, &group) in numbers.iter().enumerate() {
            let mut weight = batch.weight(row);
            let mut id = 0;
            if let Some(column) = column {
                id = batch.at(column, row);
                if id == UNBOUND {
                    continue;
                }
                if let Some(seen) = seen {
                    if !seen.insert(&[group as u64, id]).1 {
                        continue;
                    }
                    weight = 1;
                }
            }
            match state {
                State::Counts(counts) => {
                    if let Some(count) = counts.get_mut(group) {
                        *count = count.saturating_add(weight);
                    }
                }
                State::Sums(sums) => {
                    let number = carried(id).or_else(|| self.numbers.get(&id).copied().flatten());
                    if let (Some(sum), Some(number)) = (sums.get_mut(group), number) {
                        sum.add(number, weight);
                    }
                }
                State::Best(best) => {
                    if let Some(best) = best.get_mut(group) {
                        keep_best(&self.context, function, best, id)?;
                    }
                }
                State::Lists(lists, bytes) => {
                    if let Some(list) = lists.get_mut(group) {
                        list.extend((0..weight).map(|_| id));
                        *bytes += 8 * usize::try_from(weight).unwrap_or(usize::MAX / 8);
                    }
                }
            }
        }
        Ok(())
    }

    fn learn_numbers(&mut self, column: &[u64]) -> Result<()> {
        if self.numbers.len() > CACHED_NUMBERS {
            self.numbers.clear();
        }
        let mut ids: Vec<u64> = column
            .iter()
            .copied()
            .filter(|id| *id != UNBOUND && carried(*id).is_none())
            .filter(|id| !self.numbers.contains_key(id))
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let cells = self.context.cells(&ids)?;
        for (id, cell) in ids.into_iter().zip(cells) {
            self.numbers.insert(id, cell.and_then(|cell| cell.number()));
        }
        Ok(())
    }

    fn result(&self, place: usize, group: usize) -> Result<u64> {
        let context = &self.context;
        let number = |number: Number| context.intern(&Cell::Value(Value::Number(number)));
        let function = self.aggregates.get(place).map(|known| known.0.function);
        match self.states.get(place) {
            Some(State::Counts(counts)) => {
                let count = counts.get(group).copied().unwrap_or(0);
                number(Number::Integer(i64::try_from(count).unwrap_or(i64::MAX)))
            }
            Some(State::Sums(sums)) => {
                let sum = sums.get(group).copied().unwrap_or_default();
                if function == Some(Function::Sum) {
                    return number(sum.total());
                }
                if sum.count == 0 {
                    return Ok(UNBOUND);
                }
                #[expect(clippy::cast_precision_loss, reason = "a mean is a double")]
                let mean = sum.total().as_f64() / sum.count as f64;
                number(Number::Decimal(mean).simplified())
            }
            Some(State::Best(best)) => Ok(best.get(group).copied().unwrap_or(UNBOUND)),
            Some(State::Lists(lists, _)) => {
                let ids = lists.get(group).map_or(&[][..], Vec::as_slice);
                let separator = self.aggregates.get(place).map(|known| &known.0.separator);
                self.group_text(ids, separator.map_or(", ", String::as_str))
            }
            None => Ok(UNBOUND),
        }
    }

    fn group_text(&self, ids: &[u64], separator: &str) -> Result<u64> {
        let mut cells: Vec<Cell> = self.context.cells(ids)?.into_iter().flatten().collect();
        cells.sort_by(Cell::compare);
        let texts: Vec<String> = cells.iter().map(ToString::to_string).collect();
        let text = Value::Text(texts.join(separator));
        self.context.intern(&Cell::Value(text))
    }
}

/// The whole number that an id carries.
#[inline]
fn carried(id: u64) -> Option<Number> {
    match Cell::from_inline(TermId::from_raw(id)) {
        Some(Cell::Value(Value::Number(number))) => Some(number),
        _ => None,
    }
}

fn keep_best(context: &Context, function: Function, best: &mut u64, id: u64) -> Result<()> {
    if *best == UNBOUND {
        *best = id;
        return Ok(());
    }
    let order = match function {
        Function::Min => compare_ids(context, id, *best)?.is_lt(),
        Function::Max => compare_ids(context, id, *best)?.is_gt(),
        // Whichever is found, the smallest id makes the sample the same for every plan.
        _ => id < *best,
    };
    if order {
        *best = id;
    }
    Ok(())
}

/// For a distinct aggregate, what each group has had.
fn seen_by(aggregate: &Aggregate) -> Option<TupleSet> {
    aggregate.is_distinct.then(|| TupleSet::new(2))
}

impl State {
    fn of(aggregate: &Aggregate) -> Self {
        match aggregate.function {
            Function::Count => Self::Counts(Vec::new()),
            Function::Sum | Function::Avg => Self::Sums(Vec::new()),
            Function::GroupText => Self::Lists(Vec::new(), 0),
            _ => Self::Best(Vec::new()),
        }
    }

    fn resize(&mut self, groups: usize) {
        match self {
            Self::Counts(counts) => counts.resize(groups, 0),
            Self::Sums(sums) => sums.resize(groups, Sum::default()),
            Self::Best(best) => best.resize(groups, UNBOUND),
            Self::Lists(lists, _) => lists.resize(groups, Vec::new()),
        }
    }
}

impl Operator for Grouping {
    fn variables(&self) -> &[VariableId] {
        &self.variables
    }

    fn next(&mut self) -> Result<Option<Batch>> {
        let range = loop {
            if let Some(input) = self.input.take() {
                self.read(input)?;
            }
            let range = self.next..(self.next + super::BLOCK_ROWS).min(self.groups.len());
            self.next = range.end;
            if !range.is_empty() {
                break range;
            }
            if !self.next_part()? {
                return Ok(None);
            }
        };
        let mut columns: Vec<Vec<u64>> = vec![Vec::new(); self.variables.len()];
        for group in range.clone() {
            let keys = self.groups.tuple(group);
            for (column, &key) in columns.iter_mut().zip(keys) {
                column.push(key);
            }
            for (place, column) in columns.iter_mut().skip(keys.len()).enumerate() {
                column.push(self.result(place, group)?);
            }
        }
        Ok(Some(Batch {
            columns,
            rows: range.len(),
            weights: None,
        }))
    }
}
