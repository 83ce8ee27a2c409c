"""SPID and CIE, switched on by the environment; whether partners may still use a password (R65)."""

import os

# The least level of assurance of a public identity: 2 asks for two factors (eIDAS "substantial").
IDENTITA_LIVELLO_MINIMO = int(os.environ.get("IDENTITA_LIVELLO_MINIMO", "2"))
PASSWORD_PARTNER = os.environ.get("PASSWORD_PARTNER", "si").lower() not in {"no", "0"}


def _sistema(codice: str, nome: str) -> dict:
    """One identity system, spoken to by OpenID Connect: the body's own proxy, or the system itself."""
    return {
        "provider_id": codice,
        "name": nome,
        "client_id": os.environ[f"{nome}_CLIENTE"],
        "secret": os.environ[f"{nome}_SEGRETO"],
        "settings": {
            "server_url": os.environ[f"{nome}_OIDC"],
            "oauth_pkce_enabled": True,
            "auth_params": {"acr_values": f"https://www.spid.gov.it/SpidL{max(IDENTITA_LIVELLO_MINIMO, 1)}"},
        },
    }


SISTEMI_IDENTITA = {"spid": "SPID", "cie": "CIE"}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [_sistema(c, nome) for c, nome in SISTEMI_IDENTITA.items() if os.environ.get(f"{nome}_OIDC")]
    }
}
SOCIALACCOUNT_ADAPTER = "utenti.adapter.AdattatoreIdentita"
SOCIALACCOUNT_FORMS = {"signup": "utenti.registrazione.RegistrazioneConIdentitaForm"}
# The person always sees what will be written before an account is made, and confirms the address by mail.
SOCIALACCOUNT_AUTO_SIGNUP = False
# The way to the identity system is a link: a form would have to name in `form-action` every host it is sent on to.
SOCIALACCOUNT_LOGIN_ON_GET = True
