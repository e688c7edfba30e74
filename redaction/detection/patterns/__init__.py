"""The shapes of values: rules, scanning for them, and judging what stands under a key."""
