"""Reads redacted artifacts: messages, events, samples and ticket fields."""
