"""The country pack of Ruritania, as a third party would write it."""
