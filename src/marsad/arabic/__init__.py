"""The language: Arabic letters, words, sentences, numbers, days and the forms of words. It knows no war.

What comes in: a text, or its words. What goes out: tokens with their offsets, and spans of numbers and days. The text itself is never
altered; folding (`letters`) makes a second form of a token beside the first. What it may not know: any actor, place or event.

The doors are modules, each with one `find` or the function that it is named for:

    letters      fold a token to its bare form                 words        tokens, and how a token splits into clitics and stem
    sentences    paragraphs, sentences, clauses                morphology   the forms of a verb, a noun, an adjective
    numbers      find(text) → .low .high .span                 dates        find(text, reference) → .start .end .precision .span
    search       terms(text), query(words) → .clauses .matches(text) .spans(text)

To add a numeral or a hedge: `number_cues.py`, with a line in `tests/arabic/numbers.tsv`. To add a month, a weekday or a word for a span
of days: `date_words.py`, with a line in `tests/arabic/dates.tsv`, in which `-` says that there is no day to find.
"""
