//! The weights file: labels, vocabulary and tensors of one model.
//!
//! Layout, little endian: the magic `FBWEIGHT`, the version (u32), the length of the header
//! (u32), the header (JSON), zeros up to a multiple of 64, the tensors (each at a multiple of 64
//! from the start of this data section), and the SHA-256 of everything before it. Tensors stay
//! where they are; only what a layer packs for the processor is copied.

use serde::Deserialize;

use super::pointwise::add_scaled;

const MAGIC: &[u8] = b"FBWEIGHT";
const VERSION: u32 = 1;
const PREFIX_LENGTH: usize = 16;
const ALIGNMENT: usize = 64;
const CHECKSUM_LENGTH: usize = 32;

/// Inputs of an integer product: more could overflow its 32-bit sums (255 × 127 × inputs).
const MAXIMUM_COLUMNS: usize = 65_536;

/// Why a weights file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WeightsError {
    /// The file is cut off, of another kind or of another version.
    #[error("the weights file is no {0}")]
    Format(&'static str),
    /// The header is no valid description.
    #[error("the header of the weights file: {0}")]
    Header(#[from] serde_json::Error),
    /// A tensor is missing, of the wrong kind or of the wrong shape.
    #[error("the tensor {0} of the weights file is missing or of the wrong shape")]
    Tensor(String),
    /// A label is none that the reader knows.
    #[error("the weights file has the unknown label {0}")]
    Label(String),
}

/// A description of the model, as the header of the file has it.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    pub(super) model: String,
    pub(super) config: Config,
    pub(super) tags: Vec<(String, String)>,
    pub(super) relations: Vec<String>,
    pub(super) names: Vec<String>,
    tensors: Vec<Entry>,
}

/// Sizes of the model; what a model does not have is zero.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Config {
    /// Values of a piece's vector.
    pub(super) width: usize,
    /// Attention heads of a layer.
    pub(super) heads: usize,
    /// Layers of the encoder.
    pub(super) layers: usize,
    /// Longest sequence of pieces.
    pub(super) positions: usize,
    /// Pieces of a word that are read.
    pub(super) maximum_pieces: usize,
    /// Characters of a token that is split into pieces.
    pub(super) maximum_characters: usize,
    /// Values of the state of a recurrent network, in one direction.
    pub(super) hidden: usize,
    /// Characters of a word that trigrams are taken of, and how many trigrams.
    pub(super) longest_word: usize,
    pub(super) trigrams: usize,
    /// Characters of the pattern of a word's shape.
    pub(super) shape_length: usize,
    /// Slope of the leaky rectifier below zero.
    pub(super) slope: f32,
    /// What the normalisation adds to the variance.
    pub(super) epsilon: f32,
}

#[derive(Debug, Deserialize)]
struct Entry {
    name: String,
    kind: String,
    shape: Vec<usize>,
    offset: usize,
    length: usize,
    #[serde(default)]
    group: usize,
    scales: Option<Place>,
}

#[derive(Debug, Deserialize)]
struct Place {
    offset: usize,
    length: usize,
}

/// A weights file in memory.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(super) header: Header,
    data: &'static [u8],
}

/// A matrix of int8 rows, each with its scale.
#[derive(Debug)]
pub(super) struct Rows<'a> {
    /// Two's complement, row after row.
    pub(super) values: std::borrow::Cow<'a, [u8]>,
    pub(super) scales: Vec<f32>,
    pub(super) columns: usize,
}

impl Weights {
    /// Reads the header of a file and finds its tensors.
    ///
    /// # Errors
    ///
    /// If the file is cut off, of another kind or version, or its header is not valid. The
    /// checksum is not computed; see [`Weights::verify`].
    pub(crate) fn parse(file: &'static [u8]) -> Result<Self, WeightsError> {
        let format = WeightsError::Format;
        let number = |place: usize| -> Option<u32> {
            Some(u32::from_le_bytes(
                file.get(place..place + 4)?.try_into().ok()?,
            ))
        };
        if !file.starts_with(MAGIC) {
            return Err(format("weights file"));
        }
        if number(MAGIC.len()) != Some(VERSION) {
            return Err(format("weights file of this version"));
        }
        let length = number(MAGIC.len() + 4).ok_or(format("whole file"))? as usize;
        let end = PREFIX_LENGTH + length;
        let header = file.get(PREFIX_LENGTH..end).ok_or(format("whole file"))?;
        let header: Header = serde_json::from_slice(header)?;
        let start = end.next_multiple_of(ALIGNMENT);
        let stop = file.len().saturating_sub(CHECKSUM_LENGTH);
        let data = file.get(start..stop).ok_or(format("whole file"))?;
        Ok(Self { header, data })
    }

    /// Checks a file against the SHA-256 at its end.
    ///
    /// # Errors
    ///
    /// If the checksum is another: the file is damaged or cut off.
    #[cfg(test)]
    pub(crate) fn verify(file: &[u8]) -> Result<(), WeightsError> {
        use sha2::Digest;
        let (body, checksum) = file
            .split_last_chunk::<CHECKSUM_LENGTH>()
            .ok_or(WeightsError::Format("whole file"))?;
        if sha2::Sha256::digest(body).as_slice() != checksum {
            return Err(WeightsError::Format("undamaged file"));
        }
        Ok(())
    }

    fn entry(&self, name: &str) -> Result<&Entry, WeightsError> {
        let found = self.header.tensors.iter().find(|entry| entry.name == name);
        found.ok_or_else(|| WeightsError::Tensor(name.to_owned()))
    }

    fn part(&self, offset: usize, length: usize) -> Option<&'static [u8]> {
        self.data.get(offset..offset.checked_add(length)?)
    }

    /// Whether the file has this tensor.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entry(name).is_ok()
    }

    /// A tensor of bytes.
    pub(super) fn bytes(&self, name: &str) -> Result<&'static [u8], WeightsError> {
        let entry = self.entry(name)?;
        self.part(entry.offset, entry.length)
            .ok_or_else(|| WeightsError::Tensor(name.to_owned()))
    }

    /// A tensor as floats, whatever its kind.
    pub(super) fn floats(&self, name: &str) -> Result<Vec<f32>, WeightsError> {
        let table = self.table(name)?;
        let mut floats = vec![0.0; table.rows * table.columns];
        for (index, row) in floats.chunks_mut(table.columns.max(1)).enumerate() {
            table.add_row(index, row);
        }
        Ok(floats)
    }

    /// A tensor as rows to look up, where they are.
    pub(super) fn table(&self, name: &str) -> Result<Table, WeightsError> {
        let wrong = || WeightsError::Tensor(name.to_owned());
        let entry = self.entry(name)?;
        let (rows, columns) = match entry.shape.as_slice() {
            [columns] => (1, *columns),
            [rows, columns] => (*rows, *columns),
            _ => return Err(wrong()),
        };
        let values = self.bytes(name)?;
        let scales = match &entry.scales {
            Some(place) => floats(self.part(place.offset, place.length).ok_or_else(wrong)?),
            None => Vec::new(),
        };
        let cells = rows.checked_mul(columns).ok_or_else(wrong)?;
        let (kind, right) = match entry.kind.as_str() {
            "f32" => (Kind::Floats, cells.checked_mul(4) == Some(values.len())),
            "i8rows" => (Kind::Bytes, cells == values.len() && scales.len() == rows),
            "i4rows" => {
                let group = entry.group;
                let fits = group > 0 && group.is_multiple_of(2) && columns.is_multiple_of(group);
                let right = fits && cells == values.len() * 2 && scales.len() * group == cells;
                (Kind::Halves { group }, right)
            }
            _ => (Kind::Floats, false),
        };
        if !right || columns == 0 || columns > MAXIMUM_COLUMNS {
            return Err(wrong());
        }
        Ok(Table {
            kind,
            rows,
            columns,
            values,
            scales,
        })
    }

    /// A tensor as int8 rows for a product; rows of another kind are quantised now.
    pub(super) fn rows(&self, name: &str) -> Result<Rows<'static>, WeightsError> {
        let table = self.table(name)?;
        if let Kind::Bytes = table.kind {
            return Ok(Rows {
                values: table.values.into(),
                scales: table.scales,
                columns: table.columns,
            });
        }
        let floats = self.floats(name)?;
        let mut values = Vec::with_capacity(floats.len());
        let mut scales = Vec::with_capacity(table.rows);
        for row in floats.chunks(table.columns) {
            let largest = row
                .iter()
                .fold(0.0f32, |largest, value| largest.max(value.abs()));
            let scale = (largest / 127.0).max(1e-12);
            scales.push(scale);
            values.extend(row.iter().map(|value| (value / scale).round() as i8 as u8));
        }
        Ok(Rows {
            values: values.into(),
            scales,
            columns: table.columns,
        })
    }
}

impl Rows<'_> {
    /// These rows and below them those of `others`, which have as many columns.
    pub(super) fn stack(parts: Vec<Self>) -> Option<Rows<'static>> {
        let columns = parts.first()?.columns;
        if parts.iter().any(|part| part.columns != columns) {
            return None;
        }
        let values: Vec<u8> = parts
            .iter()
            .flat_map(|part| part.values.iter().copied())
            .collect();
        let scales = parts
            .iter()
            .flat_map(|part| part.scales.iter().copied())
            .collect();
        Some(Rows {
            values: values.into(),
            scales,
            columns,
        })
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Floats,
    Bytes,
    Halves { group: usize },
}

/// Rows of numbers to look up, quantised as in the file.
#[derive(Debug)]
pub(super) struct Table {
    kind: Kind,
    pub(super) rows: usize,
    pub(super) columns: usize,
    values: &'static [u8],
    scales: Vec<f32>,
}

impl Table {
    /// Adds a row to `total`; a row that is not there adds nothing.
    pub(super) fn add_row(&self, row: usize, total: &mut [f32]) {
        let length = match self.kind {
            Kind::Floats => self.columns * 4,
            Kind::Bytes => self.columns,
            Kind::Halves { .. } => self.columns / 2,
        };
        let Some(values) = self.values.get(row * length..(row + 1) * length) else {
            return;
        };
        match self.kind {
            Kind::Floats => {
                let values = values
                    .as_chunks::<4>()
                    .0
                    .iter()
                    .map(|raw| f32::from_le_bytes(*raw));
                total
                    .iter_mut()
                    .zip(values)
                    .for_each(|(total, value)| *total += value);
            }
            Kind::Bytes => {
                let scale = self.scales.get(row).copied().unwrap_or_default();
                for (total, value) in total.iter_mut().zip(values) {
                    *total += f32::from(*value as i8) * scale;
                }
            }
            Kind::Halves { group } => {
                let groups = self.columns / group;
                let scales = self
                    .scales
                    .get(row * groups..(row + 1) * groups)
                    .unwrap_or_default();
                let values = values.chunks_exact(group / 2);
                for ((total, values), scale) in total.chunks_mut(group).zip(values).zip(scales) {
                    for (pair, value) in total.as_chunks_mut::<2>().0.iter_mut().zip(values) {
                        let halves = [value & 15, value >> 4].map(|half| f32::from(half) - 8.0);
                        add_scaled(pair, &halves, *scale);
                    }
                }
            }
        }
    }
}

fn floats(raw: &[u8]) -> Vec<f32> {
    raw.as_chunks::<4>()
        .0
        .iter()
        .map(|raw| f32::from_le_bytes(*raw))
        .collect()
}

#[cfg(test)]
mod tests;
