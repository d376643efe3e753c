"""Standard MIDI files: enough to read a performance and to write a part for a synthesiser.

Times are in quarter notes from the start of the file. Tempo changes are returned but not applied.
Source of the format: "Standard MIDI Files 1.0", MIDI Manufacturers Association, 1996.
"""
from __future__ import annotations

import struct
from typing import NamedTuple

WRITE_TICKS_PER_QUARTER = 960


class Note(NamedTuple):
    """One sounding note. `start` and `duration` in quarters (or seconds, where the caller says so)."""

    start: float
    duration: float
    pitch: int
    velocity: int


class MidiFile(NamedTuple):
    """`tempos`: (quarter, beats per minute); `tracks`: (name, notes sorted by start)."""

    tempos: list[tuple[float, float]]
    tracks: list[tuple[str, list[Note]]]


def _variable_length(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    while True:
        byte = data[at]
        at += 1
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at


def parse_midi(data: bytes) -> MidiFile:
    """Parses format 0 and 1 files with a metrical division; raises ValueError on anything else."""
    if data[:4] != b"MThd":
        raise ValueError("not a MIDI file")
    track_count, division = struct.unpack(">HH", data[10:14])
    if division & 0x8000:
        raise ValueError("SMPTE division is not supported")
    at = 8 + struct.unpack(">I", data[4:8])[0]
    tempos: list[tuple[float, float]] = []
    tracks = []
    for _ in range(track_count):
        length = struct.unpack(">I", data[at + 4:at + 8])[0]
        name, notes = _parse_track(data[at + 8:at + 8 + length], division, tempos)
        tracks.append((name, notes))
        at += 8 + length
    return MidiFile(sorted(tempos), tracks)


def _parse_track(data: bytes, division: int, tempos: list[tuple[float, float]]) -> tuple[str, list[Note]]:
    at = tick = status = 0
    name = ""
    sounding: dict[tuple[int, int], list[tuple[float, int]]] = {}
    notes: list[Note] = []
    while at < len(data):
        delta, at = _variable_length(data, at)
        tick += delta
        quarter = tick / division
        if data[at] & 0x80:
            status = data[at]
            at += 1
        if status == 0xFF:
            kind = data[at]
            length, at = _variable_length(data, at + 1)
            body = data[at:at + length]
            at += length
            if kind == 0x51:
                tempos.append((quarter, 60e6 / int.from_bytes(body, "big")))
            elif kind == 0x03:
                name = body.decode("latin-1").strip()
        elif status in (0xF0, 0xF7):
            length, at = _variable_length(data, at)
            at += length
        else:
            command = status & 0xF0
            first = data[at]
            second = 0 if command in (0xC0, 0xD0) else data[at + 1]
            at += 1 if command in (0xC0, 0xD0) else 2
            key = (status & 0x0F, first)
            if command == 0x90 and second > 0:
                sounding.setdefault(key, []).append((quarter, second))
            elif command in (0x80, 0x90) and sounding.get(key):
                start, velocity = sounding[key].pop(0)
                notes.append(Note(start, quarter - start, first, velocity))
    for (_, pitch), starts in sounding.items():
        notes.extend(Note(start, 0.0, pitch, velocity) for start, velocity in starts)
    return name, sorted(notes)


def _encode_variable_length(value: int) -> bytes:
    encoded = [value & 0x7F]
    while value := value >> 7:
        encoded.append(0x80 | (value & 0x7F))
    return bytes(reversed(encoded))


def encode_midi(notes: list[Note], program: int, channel: int = 0) -> bytes:
    """A one-track file at 60 beats per minute, so that one quarter is one second. `notes` in seconds."""
    events: list[tuple[int, int, bytes]] = [(0, 0, bytes((0xC0 | channel, program)))]
    for note in notes:
        start = round(note.start * WRITE_TICKS_PER_QUARTER)
        end = max(start + 1, round((note.start + note.duration) * WRITE_TICKS_PER_QUARTER))
        velocity = min(127, max(1, note.velocity))
        events.append((start, 2, bytes((0x90 | channel, note.pitch, velocity))))
        events.append((end, 1, bytes((0x80 | channel, note.pitch, 0))))
    events.sort(key=lambda event: event[:2])
    body = b"\x00\xff\x51\x03" + (1_000_000).to_bytes(3, "big")
    last = 0
    for tick, _, message in events:
        body += _encode_variable_length(tick - last) + message
        last = tick
    body += b"\x00\xff\x2f\x00"
    header = b"MThd" + struct.pack(">IHHH", 6, 0, 1, WRITE_TICKS_PER_QUARTER)
    return header + b"MTrk" + struct.pack(">I", len(body)) + body
