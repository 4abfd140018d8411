//! Which vector instructions the processor has.
//!
//! Every kernel of the model is compiled once for each level and gives the same bits on all of
//! them: products are sums of integers, and floating-point loops neither fuse multiplications
//! with additions nor change the order of a sum.

#[cfg(target_arch = "x86_64")]
use archmage::{SimdToken, X64V3Token, X64V4xToken};

/// A level of vector instructions, with the proof that the processor has it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Instructions {
    /// Whatever the target of the build guarantees.
    Portable,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2(X64V3Token),
    /// AVX-512 with the integer products of VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni(X64V4xToken),
}

impl Instructions {
    /// The best level of this processor.
    pub(super) fn detect() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(token) = X64V4xToken::summon() {
                return Self::Vnni(token);
            }
            if let Some(token) = X64V3Token::summon() {
                return Self::Avx2(token);
            }
        }
        Self::Portable
    }

    /// Every level of this processor, the portable one first.
    #[cfg(test)]
    pub(super) fn all() -> Vec<Self> {
        #[cfg(target_arch = "x86_64")]
        {
            let mut all = vec![Self::Portable];
            all.extend(X64V3Token::summon().map(Self::Avx2));
            all.extend(X64V4xToken::summon().map(Self::Vnni));
            all
        }
        #[cfg(not(target_arch = "x86_64"))]
        vec![Self::Portable]
    }
}

/// Runs the variant of a kernel that fits the processor: the three names are those of its
/// variants for AVX-512 VNNI, AVX2 and everything else.
macro_rules! dispatch {
    (
        $instructions:expr,
        [$vnni:ident, $avx2:ident, $portable:ident],
        $($argument:expr),* $(,)?
    ) => {
        match $instructions {
            #[cfg(target_arch = "x86_64")]
            $crate::text::model::instructions::Instructions::Vnni(token) => {
                $vnni(token, $($argument),*)
            }
            #[cfg(target_arch = "x86_64")]
            $crate::text::model::instructions::Instructions::Avx2(token) => {
                $avx2(token, $($argument),*)
            }
            $crate::text::model::instructions::Instructions::Portable => {
                $portable(archmage::ScalarToken, $($argument),*)
            }
        }
    };
}

pub(super) use dispatch;
