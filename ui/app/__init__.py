"""The review app: its screens, and the one place that draws with Streamlit."""
