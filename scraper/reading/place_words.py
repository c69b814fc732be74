"""Names of places as lists of jobs write them."""

from __future__ import annotations

import re

STATE_PLACE = re.compile(
    r"(?:[A-Z][\w.'’-]+(?: [A-Z(][\w.'’)-]+){0,3},\s*[A-Z]{2}(?:\s+\d{5})?(?:,?\s*(?:USA|US|United States))?|[A-Z]{2}-[A-Z]{2}-[\w .-]+|(?:Fully )?(?:Remote|REMOTE|remote)(?:\b.{0,30})?|(?:Hybrid|HYBRID)\b.{0,30})$"
)
"""Places beyond doubt: a city with its state, a code ("US-OH-Cleveland"), remote work."""

BRAZIL = re.compile(
    r"[A-ZÀ-Ý][\w'’.]+(?: [\w'’.]+){0,3}\s?[-–/,]\s?(?:AC|AL|AP|AM|BA|CE|DF|ES|GO|MA|MT|MS|MG|PA|PB|PR|PE|PI|RJ|RN|RS|RO|RR|SC|SP|SE|TO)$"
)
"""A town of Brazil with its state."""

CITIES = frozenset(
    [
     "amsterdam", "antwerp", "athens", "atlanta", "austin", "baltimore", "bangalore", "bengaluru",
     "barcelona", "basel", "basle", "beijing", "belfast", "belgrade", "berlin", "bern", "bilbao",
     "birmingham", "bogota", "bologna", "bonn", "bordeaux", "boston", "bremen", "brisbane", "bristol",
     "brussels", "bruxelles", "bucharest", "budapest", "buenos aires", "cairo", "calgary", "cape town",
     "caracas", "cardiff", "charlotte", "chicago", "cincinnati", "ciudad de mexico", "cleveland",
     "cologne", "copenhagen", "cordoba", "curitiba", "dallas", "delhi", "denver", "detroit", "dortmund",
     "dresden", "dubai", "dublin", "durban", "dusseldorf", "edinburgh", "edmonton", "essen", "florence",
     "fortaleza", "frankfurt", "frankfurt am main", "geneva", "geneve", "genf", "genoa", "ghent",
     "glasgow", "gothenburg", "granada", "graz", "grenoble", "guadalajara", "guayaquil", "hamburg",
     "hannover", "heidelberg", "helsinki", "hong kong", "houston", "hyderabad", "indianapolis", "istanbul",
     "jakarta", "johannesburg", "kansas city", "karlsruhe", "kiel", "koln", "krakow", "kuala lumpur",
     "la paz", "las vegas", "lausanne", "leeds", "leipzig", "lille", "lima", "linz", "lisboa", "lisbon",
     "liverpool", "ljubljana", "london", "londres", "los angeles", "luxembourg", "luzern", "lyon",
     "madrid", "malaga", "malmo", "manchester", "manila", "mannheim", "marseille", "medellin", "melbourne",
     "memphis", "mexico city", "miami", "milan", "milano", "milwaukee", "minneapolis", "monterrey",
     "montevideo", "montpellier", "montreal", "moscow", "muenchen", "mumbai", "munchen", "munich",
     "munster", "nairobi", "nantes", "naples", "nashville", "new delhi", "new orleans", "new york",
     "new york city", "newcastle", "nice", "nuremberg", "nurnberg", "oakland", "omaha", "oporto",
     "orlando", "osaka", "oslo", "ottawa", "palma", "paris", "perth", "philadelphia", "phoenix",
     "pittsburgh", "porto", "porto alegre", "potsdam", "poznan", "prague", "pune", "quebec", "quito",
     "recife", "reims", "rennes", "rio de janeiro", "riyadh", "roma", "rome", "rotterdam", "rouen",
     "sacramento", "salt lake city", "salvador", "salzburg", "san antonio", "san diego", "san francisco",
     "san jose", "san juan", "santiago", "santiago de chile", "santo domingo", "sao paulo", "saragossa",
     "seattle", "seoul", "sevilla", "seville", "shanghai", "sheffield", "singapore", "sofia", "st louis",
     "st. louis", "stockholm", "strasbourg", "stuttgart", "sydney", "tallinn", "tampa", "tel aviv",
     "the hague", "tokyo", "toronto", "toulouse", "turin", "utrecht", "valencia", "valladolid",
     "vancouver", "vienna", "vilnius", "warsaw", "washington", "washington dc", "washington, dc",
     "washington, d.c.", "wien", "winnipeg", "wroclaw", "wuppertal", "zaragoza", "zagreb", "zurich",
     "brasilia", "belo horizonte", "campinas", "manaus", "goiania", "florianopolis", "braga", "coimbra",
     "faro", "aachen", "augsburg", "bochum", "bielefeld", "kassel", "freiburg", "mainz", "rostock",
     "erfurt", "jena", "ulm", "regensburg", "wurzburg", "halle", "magdeburg", "angers", "brest", "dijon",
     "le havre", "le mans", "limoges", "metz", "nancy", "nimes", "orleans", "poitiers", "saint-etienne",
     "toulon", "tours", "amiens", "caen", "clermont-ferrand", "besancon", "villeurbanne", "alicante",
     "murcia", "vigo", "gijon", "oviedo", "santander", "san sebastian", "pamplona", "cadiz", "cali",
     "barranquilla", "cartagena", "rosario", "mendoza", "arequipa", "cusco", "trujillo", "tijuana",
     "puebla", "leon", "merida", "queretaro", "asuncion", "panama",
    ]
)  # fmt: skip
"""Large towns, as `plain` writes them; small ones are told by their looks, their label or their place in the row."""
