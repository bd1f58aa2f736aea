"""The living style guide: each component in each state, drawn by the very templates and sheet of the site.

Developers see it under ``/styleguide/`` while ``DEBUG`` is on; visitors never. :mod:`samples` holds the values,
:mod:`examples` names the states, :mod:`rendering` draws them.
"""
