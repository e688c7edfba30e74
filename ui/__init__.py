"""How people reach the product: settings, wiring, command line and app."""
