"""Reads times: the words of months and zones, the shapes of times, what a file says of its own."""
