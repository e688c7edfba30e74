"""People, organisations and places in running text: a model, rules of context, word lists."""
