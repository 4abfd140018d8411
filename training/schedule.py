"""What both trainings share: rates by step and clock, averaged weights, figures of an epoch."""

import time

import torch

from evaluate import evaluate

LEAST_RATE = 0.01


class Schedule:
    """Rates rise for some steps and then fall in a line, to the last step or the last minute."""

    def __init__(self, optimizer, steps, warm, minutes):
        self.start, self.steps, self.minutes = time.time(), steps, minutes
        self.count, self.done = 0, 0.0
        rate = lambda i: max(LEAST_RATE, min((i + 1) / max(1, warm), 1 - self.done))
        self.rates = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)

    def seconds(self):
        return time.time() - self.start

    def step(self):
        """To be called after each step of the optimizer."""
        self.count += 1
        self.done = max(self.count / self.steps, self.seconds() / 60 / self.minutes)
        self.rates.step()

    def is_over(self):
        return self.done >= 1


class MovingAverage:
    """Exponential average of the weights, which is what is evaluated and kept."""

    EVERY = 4

    def __init__(self, reader, decay):
        self.decay = decay**self.EVERY
        self.average = {k: v.detach().clone() for k, v in reader.state_dict().items()}
        self.steps = 0

    def update(self, reader):
        """To be called after each step; takes the weights in every few steps."""
        self.steps += 1
        if self.steps % self.EVERY:
            return
        count = self.steps // self.EVERY
        decay = min(self.decay, (1 + count) / (10 + count))
        for name, value in reader.state_dict().items():
            self.average[name].lerp_(value, 1 - decay)


def descend(loss, reader, optimizer, schedule, average):
    """One step against the gradient."""
    parameters = [p for p in reader.parameters() if p.requires_grad]
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(parameters, 5.0)
    optimizer.step()
    schedule.step()
    average.update(reader)


def report(reader, average, preparation, development, tables, by_relation):
    """Prints the figures of the averaged weights on the development sets."""
    kept = {k: v.clone() for k, v in reader.state_dict().items()}
    reader.load_state_dict(average.average)
    for name, sentences in development.items():
        print(" ", name, evaluate(reader, preparation, sentences, tables, by_relation), flush=True)
    reader.load_state_dict(kept)
