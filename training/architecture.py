"""The two readers: a fine-tuned transformer (accurate) and a BiLSTM (fast), with equal heads."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from wordpiece import SHAPES

SLOPE = 0.1
SHAPE_WIDTH = 16


def attention(query, key, value, mask):
    """Scaled dot-product attention, written out: backward, PyTorch's fused one for processors
    takes six times as long for sentences."""
    scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e9)
    return scores.softmax(-1).to(value.dtype) @ value


class Layer(nn.Module):
    """Transformer layer, normalised after each half as in BERT."""

    def __init__(self, width, inner, heads):
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.attention_output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, eps=1e-12)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.outer_norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x, mask, drop):
        count, length, width = x.shape
        parts = self.query_key_value(x).view(count, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        mixed = attention(query, key, value, mask)
        mixed = mixed.transpose(1, 2).reshape(count, length, width)
        x = self.attention_norm(x + F.dropout(self.attention_output(mixed), drop, self.training))
        y = self.outer(F.gelu(self.inner(x)))
        return self.outer_norm(x + F.dropout(y, drop, self.training))


class Encoder(nn.Module):
    """MiniLM over pieces, with the shape of the piece's word as one more embedding."""

    def __init__(self, sizes):
        super().__init__()
        width = sizes["width"]
        self.word_embeddings = nn.Embedding(sizes["pieces"], width)
        self.position_embeddings = nn.Embedding(sizes["positions"], width)
        self.type_embedding = nn.Parameter(torch.zeros(width))
        self.shape_embeddings = nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape_embeddings.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, sizes["inner"], sizes["heads"]) for _ in range(sizes["layers"])
        )
        self.mix = nn.Parameter(torch.zeros(sizes["layers"]))
        self.gain = nn.Parameter(torch.ones(1))

    def load_pretrained(self, weights):
        """Fills the encoder from the tensors of the pretrained package."""
        get = lambda name: weights[name].float().clone()
        self.word_embeddings.weight.data = get("embeddings.word_embeddings.weight")
        self.position_embeddings.weight.data = get("embeddings.position_embeddings.weight")
        self.type_embedding.data = get("embeddings.token_type_embeddings.weight")[0].clone()
        self.norm.weight.data = get("embeddings.LayerNorm.weight")
        self.norm.bias.data = get("embeddings.LayerNorm.bias")
        for i, layer in enumerate(self.layers):
            prefix = f"encoder.layer.{i}."
            pairs = [
                (layer.attention_output, "attention.output.dense"),
                (layer.attention_norm, "attention.output.LayerNorm"),
                (layer.inner, "intermediate.dense"),
                (layer.outer, "output.dense"),
                (layer.outer_norm, "output.LayerNorm"),
            ]
            for part in ("weight", "bias"):
                joined = [
                    get(f"{prefix}attention.self.{name}.{part}")
                    for name in ("query", "key", "value")
                ]
                getattr(layer.query_key_value, part).data = torch.cat(joined)
                for module, name in pairs:
                    getattr(module, part).data = get(f"{prefix}{name}.{part}")

    def forward(self, pieces, shapes, lengths, drop):
        count, length = pieces.shape
        x = self.word_embeddings(pieces) + self.position_embeddings.weight[:length]
        x = self.norm(x + self.type_embedding + self.shape_embeddings(shapes))
        x = F.dropout(x, drop, self.training)
        mask = torch.arange(length)[None] < lengths[:, None]
        mask = None if bool(mask.all()) else mask[:, None, None, :]
        weights, total = self.mix.softmax(0), 0
        for weight, layer in zip(weights, self.layers):
            x = layer(x, mask, drop)
            total = total + weight * x
        return self.gain * total


class Heads(nn.Module):
    """Tags, names, arcs and labels over the vectors of the words."""

    def __init__(self, width, sizes, drop):
        super().__init__()
        arc, label, relations = sizes["arc"], sizes["label"], sizes["relations"]
        self.drop = drop
        self.root = nn.Parameter(torch.randn(width) * 0.1)
        self.tags = nn.Linear(width, sizes["tags"])
        self.names = nn.Linear(width, sizes["names"])
        self.arc_head = nn.Linear(width, arc)
        self.arc_dependent = nn.Linear(width, arc)
        self.arc_bilinear = nn.Linear(arc, arc)
        nn.init.normal_(self.arc_bilinear.weight, 0, 0.01)
        nn.init.zeros_(self.arc_bilinear.bias)
        self.label_head = nn.Linear(width, label)
        self.label_dependent = nn.Linear(width, label)
        self.label_bilinear = nn.Parameter(torch.randn(relations, label, label) * 0.01)
        self.label_linear_head = nn.Linear(label, relations, bias=False)
        self.label_linear_dependent = nn.Linear(label, relations)

    def forward(self, words):
        """Scores of tags, names and arcs [dependent, head], and the label vectors."""
        rooted = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        active = lambda z: F.dropout(F.leaky_relu(z, SLOPE), self.drop, self.training)
        head, dependent = active(self.arc_head(rooted)), active(self.arc_dependent(words))
        arcs = self.arc_bilinear(dependent) @ head.transpose(1, 2)
        label_head = active(self.label_head(rooted))
        label_dependent = active(self.label_dependent(words))
        return self.tags(words), self.names(words), arcs, label_head, label_dependent

    def labels(self, label_head, label_dependent, heads):
        """Scores of the labels of the given heads (0 is the root)."""
        count, length = heads.shape
        width = label_head.shape[-1]
        index = heads[..., None].expand(-1, -1, width)
        head = label_head.gather(1, index).reshape(-1, width)
        dependent = label_dependent.reshape(-1, width)
        relations = self.label_bilinear.shape[0]
        flat = self.label_bilinear.permute(1, 0, 2).reshape(width, -1)
        left = (head @ flat).view(-1, relations, width)
        scores = torch.bmm(left, dependent[..., None])[..., 0]
        scores = scores + self.label_linear_head(head) + self.label_linear_dependent(dependent)
        return scores.view(count, length, relations)


def _mask_heads(arcs, mask):
    """Makes padding impossible as a head."""
    allowed = F.pad(mask, (1, 0), value=True)
    return arcs.float().masked_fill(~allowed[:, None, :], -1e9)


class AccurateReader(nn.Module):
    """Transformer over pieces; a word is the mean of its pieces and its shape."""

    def __init__(self, sizes, drop=0.1, head_drop=0.25):
        super().__init__()
        self.sizes, self.drop, self.head_drop = sizes, drop, head_drop
        self.encoder = Encoder(sizes)
        self.word_shapes = nn.Embedding(SHAPES, SHAPE_WIDTH)
        self.heads = Heads(sizes["width"] + SHAPE_WIDTH, sizes, head_drop)

    def words(self, batch):
        x = self.encoder(batch["pieces"], batch["piece_shapes"], batch["lengths"], self.drop)
        x = x.float()
        count, length, width = x.shape
        words = batch["shapes"].shape[1]
        index = batch["piece_words"][..., None].expand(-1, -1, width)
        pooled = x.new_zeros(count, words + 1, width).scatter_add(1, index, x)[:, :words]
        pooled = pooled / batch["piece_counts"].clamp(min=1)[..., None]
        joined = torch.cat([pooled, self.word_shapes(batch["shapes"])], -1)
        return F.dropout(joined, self.head_drop * 0.6, self.training)

    def forward(self, batch):
        tags, names, arcs, label_head, label_dependent = self.heads(self.words(batch))
        arcs = _mask_heads(arcs, batch["mask"])
        return tags.float(), names.float(), arcs, label_head.float(), label_dependent.float()


class FastReader(nn.Module):
    """Two-layer BiLSTM over fixed vectors, learned vectors, hashed parts and shapes of words."""

    def __init__(self, sizes, vectors, drop=0.25):
        super().__init__()
        self.sizes, self.drop, self.head_drop = sizes, drop, drop
        fixed = torch.cat([vectors, torch.zeros(1, vectors.shape[1])])
        self.vectors = nn.Embedding.from_pretrained(fixed, freeze=True)
        self.learned = nn.Embedding(sizes["learned"] + 1, sizes["learned_width"])
        self.parts = nn.EmbeddingBag(sizes["buckets"], sizes["part_width"], mode="sum")
        self.shapes = nn.Embedding(sizes["shape_buckets"], sizes["shape_width"])
        for table in (self.learned, self.parts, self.shapes):
            nn.init.normal_(table.weight, 0, 0.1)
        inputs = vectors.shape[1] + sizes["learned_width"]
        inputs += sizes["part_width"] + sizes["shape_width"]
        hidden = sizes["hidden"]
        self.lstm = nn.LSTM(
            inputs, hidden, num_layers=2, bidirectional=True, batch_first=True, dropout=drop
        )
        self.heads = Heads(2 * hidden, sizes, drop)

    def _channel(self, x, share):
        """In training, leaves a whole channel of some words out."""
        if not self.training:
            return x
        keep = 1 - self.drop * share
        return x * (torch.rand(x.shape[:-1] + (1,)) < keep) / keep

    def words(self, batch):
        rows, mask = batch["rows"], batch["mask"]
        count, length = rows.shape
        parts = self.parts(batch["parts"], batch["part_offsets"]).view(count, length, -1)
        x = torch.cat(
            [
                self._channel(self.vectors(rows), 0.5),
                self._channel(self.learned(rows.clamp(max=self.sizes["learned"])), 1.0),
                self._channel(parts, 0.5),
                self._channel(self.shapes(batch["shapes"]), 0.5),
            ],
            -1,
        )
        x = F.dropout(x, self.drop * 0.6, self.training)
        packed = nn.utils.rnn.pack_padded_sequence(
            x, mask.sum(1), batch_first=True, enforce_sorted=False
        )
        x, _ = self.lstm(packed)
        x, _ = nn.utils.rnn.pad_packed_sequence(x, batch_first=True, total_length=length)
        return F.dropout(x, self.drop, self.training)

    def forward(self, batch):
        tags, names, arcs, label_head, label_dependent = self.heads(self.words(batch))
        return tags, names, _mask_heads(arcs, batch["mask"]), label_head, label_dependent
