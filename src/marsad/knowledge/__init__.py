"""The world that marsad reads about: data files, and the little code that checks and compiles them.

In comes nothing but the files in this folder; out goes a `Lexicon` (what a word can be) and `Names` (who and what is
called so). It knows the Arabic of `marsad.arabic` and no report. To add

- an actor or one of its names: a line in `actors.csv`; a news agency or an outlet: `sources.csv`;
- a place: a line in a file of `places/`; an area: of `places/areas/`; where they lie is asked of `knowledge.gazetteer`;
- a word that tells an event: an entry in `events.toml`, with an example that proves it;
- an ordinary word (so that the reader knows where a name ends): a line in `words/*.tsv`;
- a cue (a means, a kind of person, a status, a voice): a word in `cues.toml`;
- a word that one rule of reading asks for (a title, a kind of place, a verb with a way of its own): a list of `wordlists.toml`.

Files are checked when they are compiled: an unknown key is refused with its file and the nearest known key.
"""

from marsad.knowledge.lexicon import Form, Lexicon, lexicon

__all__ = ["Form", "Lexicon", "lexicon"]
