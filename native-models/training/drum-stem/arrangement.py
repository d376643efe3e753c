"""Parts for a band that plays with a given drum performance: all notes in seconds on the drummer's own grid.

Kick and bass playing the same onsets is what a drum separator finds hardest, so most bass lines follow the kick.
"""
from __future__ import annotations

from typing import NamedTuple

import numpy as np
from midi_file import Note
from numpy.random import Generator
from songbook import Chord, Song

PENTATONIC = (0, 3, 5, 7, 10)
MAJOR = (0, 2, 4, 5, 7, 9, 11)
BASS_RANGE = (28, 43)


class Session(NamedTuple):
    """What the musicians agree on. `kicks`: times of the kick drum; `chords` cover the session; all in seconds."""

    seconds: float
    quarter_s: float
    kicks: tuple[float, ...]
    chords: tuple[Chord, ...]
    piano: tuple[Note, ...]
    melody: tuple[Note, ...]
    transposition: int


def plan_session(song: Song, seconds: float, quarter_s: float, kicks: list[float], rng: Generator) -> Session:
    """Takes an excerpt of `song` that begins with a chord, or a loop of power chords as in rock."""
    transposition = int(rng.integers(-5, 6))
    quarters = seconds / quarter_s
    starts = [chord.start for chord in song.chords[: max(1, len(song.chords) * 2 // 3)]]
    offset = starts[rng.integers(len(starts))] if starts else 0.0

    def excerpt(notes: list[Note]) -> tuple[Note, ...]:
        return tuple(Note((n.start - offset) * quarter_s, n.duration * quarter_s, n.pitch + transposition, n.velocity)
                     for n in notes if offset <= n.start < offset + quarters)

    chords = [Chord((c.start - offset) * quarter_s, c.duration * quarter_s, (c.root + transposition) % 12, c.intervals)
              for c in song.chords if offset <= c.start < offset + quarters]
    if len(chords) < 3 or rng.random() < 0.35:
        chords = _loop(seconds, quarter_s, rng)
    return Session(seconds, quarter_s, tuple(kicks), tuple(chords), excerpt(song.piano), excerpt(song.melody), transposition)


def _loop(seconds: float, quarter_s: float, rng: Generator) -> list[Chord]:
    tonic = int(rng.integers(12))
    degrees = rng.choice([0, 3, 5, 7, 8, 10], int(rng.choice([1, 2, 4, 4])))
    length = quarter_s * rng.choice([2, 4, 4, 8])
    return [Chord(start, length, int(tonic + degrees[i % len(degrees)]) % 12, (0, 3, 7) if rng.random() < 0.4 else (0, 4, 7))
            for i, start in enumerate(np.arange(0, seconds, length))]


def _chord_at(session: Session, time: float) -> Chord:
    current = session.chords[0]
    for chord in session.chords:
        if chord.start > time + 0.02:
            break
        current = chord
    return current


def _velocity(rng: Generator, low: int = 70, high: int = 126) -> int:
    return int(rng.integers(low, high))


def _grid(session: Session, step_quarters: float, swing: float = 0.0) -> list[float]:
    step = session.quarter_s * step_quarters
    return [(i + (swing if i % 2 else 0)) * step for i in range(int(session.seconds / step))]


def bass_line(session: Session, rng: Generator) -> list[Note]:
    low = int(rng.integers(BASS_RANGE[0], 33))
    style = rng.choice(["kick", "kick", "kick", "eighths", "eighths", "quarters", "walk", "long", "sixteenths", "octaves"])
    swing = rng.choice([0, 0, 0.15, 0.3])
    if style == "kick" and len(session.kicks) > 6:
        times = list(session.kicks)
        extra = [time for time in _grid(session, 0.5) if rng.random() < 0.12]
        times = sorted(times + [time for time in extra if min(abs(time - kick) for kick in times) > 0.1])
    else:
        step = {"eighths": 0.5, "kick": 0.5, "quarters": 1, "walk": 1, "long": 4, "sixteenths": 0.25, "octaves": 0.5}[str(style)]
        times = _grid(session, step, swing if step <= 0.5 else 0)
        skip = rng.choice([0, 0.1, 0.3])
        times = [time for time in times if rng.random() >= skip]
    gate = rng.uniform(0.4, 1.02)
    jitter_s = rng.uniform(0, 0.012)
    notes = []
    for index, (time, following) in enumerate(zip(times, times[1:] + [session.seconds])):
        if following - time < 0.06:
            continue
        chord = _chord_at(session, time)
        pitch = low + (chord.root - low) % 12
        if style == "walk" or rng.random() < 0.08:
            pitch += int(rng.choice([0, 2, 4, 5, 7, 9, -5]))
        if style == "octaves" and index % 2 or rng.random() < 0.05:
            pitch += 12
        length = min(following - time, 3.0) * min(1.0, gate * rng.uniform(0.85, 1.15))
        notes.append(Note(max(0, time + rng.normal(0, jitter_s)), max(0.05, length), pitch, _velocity(rng)))
    return notes


def _strum(notes: list[Note], time: float, length: float, pitches: list[int], rng: Generator, up: bool) -> None:
    spread = rng.uniform(0.001, 0.022)
    for index, pitch in enumerate(reversed(pitches) if up else pitches):
        notes.append(Note(time + index * spread / max(1, len(pitches) - 1), length, pitch, _velocity(rng, 60 if up else 75, 122)))


def power_chords(session: Session, rng: Generator) -> list[Note]:
    """Riffs of roots and fifths: sustained, chugging in eighths or sixteenths, or a rhythm repeated every bar."""
    low = int(rng.integers(38, 45))
    step = float(rng.choice([0.25, 0.5, 0.5, 1, 2]))
    cell = rng.random(8) < rng.uniform(0.55, 1.0)
    cell[0] = True
    short = rng.random() < 0.4
    single = rng.random() < 0.25
    times = [time for index, time in enumerate(_grid(session, step)) if cell[index % 8]]
    if rng.random() < 0.25 and len(session.kicks) > 6:
        times = list(session.kicks)
    notes: list[Note] = []
    for time, following in zip(times, times[1:] + [session.seconds]):
        root = low + (_chord_at(session, time).root - low) % 12
        if single and rng.random() < 0.5:
            root += int(rng.choice(PENTATONIC))
        length = min(following - time, 4.0) * (rng.uniform(0.3, 0.6) if short and rng.random() < 0.7 else rng.uniform(0.85, 1.0))
        _strum(notes, time + abs(rng.normal(0, 0.004)), max(0.06, length), [root] if single else [root, root + 7, root + 12], rng, False)
    return notes


def strummed_chords(session: Session, rng: Generator) -> list[Note]:
    low = int(rng.integers(40, 50))
    step = float(rng.choice([0.25, 0.5, 0.5, 0.5, 1]))
    cell = rng.random(8) < rng.uniform(0.5, 1)
    offbeat = rng.random() < 0.2
    arpeggio = rng.random() < 0.25
    notes: list[Note] = []
    for index, time in enumerate(_grid(session, step)):
        if offbeat and index % 2 == 0 or not cell[index % 8]:
            continue
        chord = _chord_at(session, time)
        root = low + (chord.root - low) % 12
        pitches = [root + i for i in chord.intervals] + [root + 12] + [root + 12 + i for i in chord.intervals[1:3]]
        length = session.quarter_s * step * (rng.uniform(0.25, 0.6) if offbeat else rng.uniform(0.8, 2.2))
        if arpeggio:
            notes.append(Note(time, length * 2, pitches[index % len(pitches)], _velocity(rng)))
        else:
            _strum(notes, time + abs(rng.normal(0, 0.005)), length, pitches, rng, up=index % 2 == 1)
    return notes


def keyboard(session: Session, rng: Generator) -> list[Note]:
    """The song's own piano part, held chords, or repeated chords."""
    style = rng.random()
    if style < 0.55 and len(session.piano) > 10:
        return [note for note in session.piano if 21 <= note.pitch <= 108]
    low = int(rng.integers(48, 62))
    notes = []
    if style < 0.8:
        for chord in session.chords:
            root = low + (chord.root - low) % 12
            notes += [Note(max(0, chord.start), chord.duration * 0.97, root + i, _velocity(rng, 60, 110)) for i in chord.intervals]
        return notes
    for time in _grid(session, float(rng.choice([0.5, 1, 1]))):
        chord = _chord_at(session, time)
        root = low + (chord.root - low) % 12
        notes += [Note(time, session.quarter_s * 0.4, root + i, _velocity(rng, 60, 115)) for i in chord.intervals]
    return notes


def lead_line(session: Session, rng: Generator, low: int = 55, high: int = 86) -> list[Note]:
    """The song's melody, or an improvised walk over a scale with rests."""
    if rng.random() < 0.55 and len(session.melody) > 8:
        octave = 12 * int(rng.integers(-1, 2))
        return [note._replace(pitch=note.pitch + octave) for note in session.melody if low <= note.pitch + octave <= high]
    scale = PENTATONIC if rng.random() < 0.6 else MAJOR
    tonic = session.chords[0].root
    pitches = [pitch for pitch in range(low, high) if (pitch - tonic) % 12 in scale]
    index = int(rng.integers(len(pitches)))
    time, notes = 0.0, []
    while time < session.seconds:
        length = session.quarter_s * float(rng.choice([0.25, 0.25, 0.5, 0.5, 0.5, 1, 1, 2, 4]))
        index = int(np.clip(index + rng.choice([-2, -1, -1, 1, 1, 2]), 0, len(pitches) - 1))
        if rng.random() < 0.85:
            notes.append(Note(time, length * rng.uniform(0.6, 1.0), pitches[index], _velocity(rng)))
        time += length
    return notes
