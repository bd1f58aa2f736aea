"""A block that Ruritania brings to pages: years and what happened."""

from wagtail import blocks


class TimelineBlock(blocks.StructBlock):
    """A year and what happened in it."""

    year = blocks.IntegerBlock()
    text = blocks.TextBlock()

    class Meta:
        template = "ruritania/timeline.html"
        icon = "date"
