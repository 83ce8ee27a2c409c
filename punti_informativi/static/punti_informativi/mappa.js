/* The map shows what the list shows: same address, same filters. Without this file the list is whole. */
(function () {
  "use strict";

  const riquadro = document.querySelector("[data-mappa-punti]");
  const ZOOM_MASSIMO = 17;
  const ZOOM_NOMI = 11;
  const GRADI_VICINI = 0.15;

  /* From afar only comuni with points are named, and of two near ones the one that has more. */
  function daNominare(dati) {
    const quanti = new Map();
    dati.features.forEach((f) => quanti.set(f.properties.comune, (quanti.get(f.properties.comune) || 0) + 1));
    const scelti = [];
    dati.comuni
      .filter((c) => quanti.has(c.nome))
      .sort((a, b) => quanti.get(b.nome) - quanti.get(a.nome))
      .forEach((c) => {
        if (!scelti.some((s) => Math.hypot(s.lat - c.lat, s.lon - c.lon) < GRADI_VICINI)) {
          scelti.push(c);
        }
      });
    return new Set(scelti.map((c) => c.nome));
  }

  function nomeComune(comune, inEvidenza) {
    const classe = inEvidenza ? "mappa-comune mappa-comune-con-punti" : "mappa-comune";
    const icona = L.divIcon({ className: classe, iconSize: null, html: document.createElement("div") });
    const testo = document.createElement("span");
    testo.textContent = comune.nome;
    icona.options.html.append(testo);
    return L.marker([comune.lat, comune.lon], { icon: icona, interactive: false, keyboard: false, zIndexOffset: -1000 });
  }

  function cartellino(dati) {
    const scatola = document.createElement("div");
    const legame = document.createElement("a");
    legame.href = dati.url;
    legame.textContent = dati.nome;
    const luogo = document.createElement("div");
    luogo.textContent = dati.indirizzo + ", " + dati.comune + (dati.approssimata ? " (posizione approssimata)" : "");
    scatola.append(legame, luogo);
    return scatola;
  }

  function gruppo(insieme) {
    const quanti = insieme.getChildCount();
    return L.divIcon({ className: "mappa-gruppo", iconSize: [40, 40], html: String(quanti) });
  }

  function disegna(dati) {
    const tela = riquadro.querySelector(".mappa-punti");
    tela.hidden = false;
    riquadro.classList.add("con-mappa");
    const mappa = L.map(tela, {
      maxZoom: ZOOM_MASSIMO,
      attributionControl: false,
      scrollWheelZoom: false,
      zoomControl: false,
    });
    mappa.addControl(L.control.zoom({ zoomInTitle: "Ingrandisci", zoomOutTitle: "Riduci" }));
    const nominati = daNominare(dati);
    if (riquadro.dataset.tessere) {
      L.tileLayer(riquadro.dataset.tessere, { maxZoom: ZOOM_MASSIMO }).addTo(mappa);
      mappa.addControl(L.control.attribution({ prefix: false }).addAttribution(riquadro.dataset.crediti));
    } else {
      dati.comuni.forEach((comune) => nomeComune(comune, nominati.has(comune.nome)).addTo(mappa));
    }
    const punti = L.markerClusterGroup({ showCoverageOnHover: false, maxClusterRadius: 40, iconCreateFunction: gruppo });
    for (const f of dati.features) {
      const [lon, lat] = f.geometry.coordinates;
      const icona = L.divIcon({ className: "mappa-punto", iconSize: [22, 22] });
      const segno = L.marker([lat, lon], { icon: icona, title: f.properties.nome, alt: f.properties.nome });
      punti.addLayer(segno.bindPopup(() => cartellino(f.properties)));
    }
    mappa.addLayer(punti);
    const posti = dati.features.length
      ? dati.features.map((f) => [f.geometry.coordinates[1], f.geometry.coordinates[0]])
      : dati.comuni.map((c) => [c.lat, c.lon]);
    mappa.on("zoomend", () => tela.classList.toggle("mappa-lontana", mappa.getZoom() < ZOOM_NOMI));
    if (posti.length) {
      mappa.fitBounds(posti, { maxZoom: 14, paddingTopLeft: [50, 30], paddingBottomRight: [110, 30] });
    }
  }

  function offriPosizione(scatola) {
    if (!navigator.geolocation) {
      return;
    }
    const bottone = document.createElement("button");
    bottone.type = "button";
    bottone.className = "btn btn-outline-primary btn-sm";
    bottone.textContent = scatola.dataset.posizione;
    bottone.addEventListener("click", () => {
      navigator.geolocation.getCurrentPosition(
        (posizione) => {
          const modulo = scatola.closest("form");
          /* Three decimals are about a hundred metres: enough to sort, and no more than that is sent. */
          modulo.elements.lat.value = posizione.coords.latitude.toFixed(3);
          modulo.elements.lon.value = posizione.coords.longitude.toFixed(3);
          modulo.elements.vicino.value = "";
          modulo.submit();
        },
        () => {
          bottone.textContent = scatola.dataset.posizioneNegata;
          bottone.disabled = true;
        }
      );
    });
    scatola.append(bottone);
  }

  document.querySelectorAll("[data-posizione]").forEach(offriPosizione);
  if (riquadro && window.L) {
    fetch(riquadro.dataset.mappaPunti + window.location.search)
      .then((risposta) => (risposta.ok ? risposta.json() : null))
      .then((dati) => dati && disegna(dati))
      .catch(() => {});
  }
})();
