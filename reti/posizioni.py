"""Positions as the public reads them: degrees, WGS 84, with no more decimals than they are worth (R33)."""

DECIMALI = 5  # one metre: a geocoder's other eleven say nothing
DECIMALI_APPROSSIMATI = 3  # a hundred metres: a comune's centre is a convention, not a door


def da_dire(lat: float, lon: float, *, approssimata: bool) -> tuple[float, float]:
    """Latitude and longitude to publish; `approssimata`: they are of a comune's centre."""
    decimali = DECIMALI_APPROSSIMATI if approssimata else DECIMALI
    return round(lat, decimali), round(lon, decimali)
