"""Text as numbers: known words by number, and every word by the groups of letters in it, so that unknown and misspelt words say something."""
from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import numpy as np

WORDS, GRAMS = 16, 20
"""Words of a text and groups of letters of a word that are looked at; the rest is left out."""
GRAM_LENGTHS = (3, 4, 5)
GRAM_BUCKETS = 4096
NOTHING, UNKNOWN = 0, 1
FIRST_WORD = 2


def split_words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def fnv1a(text: str) -> int:
    """32-bit FNV-1a of the ASCII letters (Fowler, Noll, Vo)."""
    value = 2166136261
    for letter in text.encode("ascii"):
        value = ((value ^ letter) * 16777619) & 0xFFFFFFFF
    return value


@lru_cache(maxsize=100_000)
def grams_of(word: str) -> tuple[int, ...]:
    """Numbers 1..GRAM_BUCKETS of the groups of letters of <word>, by length, then from left to right."""
    marked = f"<{word}>"
    groups = [marked[start:start + length] for length in GRAM_LENGTHS for start in range(len(marked) - length + 1)]
    return tuple(1 + fnv1a(group) % GRAM_BUCKETS for group in groups[:GRAMS])


class Vocabulary:
    def __init__(self, words: list[str]):
        self.words = words
        self.numbers = {word: FIRST_WORD + index for index, word in enumerate(words)}

    def encode(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """int64 (texts, WORDS) and (texts, WORDS, GRAMS); an empty text is one unknown word."""
        words = np.zeros((len(texts), WORDS), np.int64)
        grams = np.zeros((len(texts), WORDS, GRAMS), np.int64)
        for row, text in enumerate(texts):
            for place, word in enumerate(split_words(text)[:WORDS] or [""]):
                words[row, place] = self.numbers.get(word, UNKNOWN)
                found = grams_of(word)
                grams[row, place, :len(found)] = found
        return words, grams
