/* The map shows what the list shows: same address, same filters. Without this file the list is whole. */
(function () {
  "use strict";

  const riquadro = document.querySelector("[data-mappa-punti]");
  const parole = riquadro ? riquadro.dataset : {};
  const ZOOM_MASSIMO = 17;
  const ZOOM_NOMI = 11;
  const GRADI_VICINI = 0.15;

  function elemento(nome, classe, testo) {
    const nuovo = document.createElement(nome);
    nuovo.className = classe;
    nuovo.textContent = testo;
    return nuovo;
  }

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
    const html = document.createElement("div");
    html.append(elemento("span", "", comune.nome));
    const icona = L.divIcon({ className: classe, iconSize: null, html: html });
    return L.marker([comune.lat, comune.lon], { icon: icona, interactive: false, keyboard: false, zIndexOffset: -1000 });
  }

  function cartellino(dati) {
    const scatola = document.createElement("div");
    const legame = elemento("a", "", dati.nome);
    legame.href = dati.url;
    const dove = dati.indirizzo + ", " + dati.comune + (dati.approssimata ? " (" + parole.approssimata + ")" : "");
    scatola.append(legame, elemento("div", "", dove));
    return scatola;
  }

  function gruppo(insieme) {
    const quanti = String(insieme.getChildCount());
    const html = document.createElement("div");
    const cifra = elemento("span", "", quanti);
    cifra.setAttribute("aria-hidden", "true");
    html.append(cifra, elemento("span", "visually-hidden", parole.gruppo.replace("{n}", quanti)));
    return L.divIcon({ className: "mappa-gruppo", iconSize: [40, 40], html: html });
  }

  function fondo(mappa, dati, crediti) {
    if (parole.tessere) {
      L.tileLayer(parole.tessere, { maxZoom: ZOOM_MASSIMO }).addTo(mappa);
      crediti.addAttribution(parole.crediti).addTo(mappa);
      return;
    }
    const nominati = daNominare(dati);
    dati.comuni.forEach((comune) => nomeComune(comune, nominati.has(comune.nome)).addTo(mappa));
    fetch(parole.confini)
      .then((risposta) => (risposta.ok ? risposta.json() : null))
      .then((confini) => {
        if (confini && confini.features.length) {
          const tratto = { className: "mappa-confine", interactive: false, weight: 1 };
          L.geoJSON(confini, { style: tratto }).addTo(mappa);
          mappa.getContainer().classList.add("mappa-con-confini");
          if (confini.fonte) {
            crediti.addAttribution(elemento("span", "", confini.fonte).innerHTML).addTo(mappa);
          }
        }
      })
      .catch(() => {});
  }

  /* A card and its mark light up together, by pointer and by keyboard. */
  function lega(segno, scheda) {
    const accendi = (acceso) => {
      scheda.classList.toggle("in-evidenza", acceso);
      if (segno.getElement()) {
        segno.getElement().classList.toggle("in-evidenza", acceso);
      }
    };
    [[scheda, "mouseenter", "mouseleave"], [scheda, "focusin", "focusout"]].forEach(([chi, entra, esce]) => {
      chi.addEventListener(entra, () => accendi(true));
      chi.addEventListener(esce, () => accendi(false));
    });
    segno.on("mouseover", () => accendi(true)).on("mouseout", () => accendi(false));
    segno.on("popupopen", () => accendi(true)).on("popupclose", () => accendi(false));
    segno.on("add", () => {
      segno.getElement().addEventListener("focus", () => accendi(true));
      segno.getElement().addEventListener("blur", () => accendi(false));
    });
  }

  function segni(dati) {
    const schede = new Map();
    riquadro.querySelectorAll("[data-punto]").forEach((scheda) => schede.set(scheda.dataset.punto, scheda));
    const punti = L.markerClusterGroup({ showCoverageOnHover: false, maxClusterRadius: 40, iconCreateFunction: gruppo });
    punti.addLayers(
      dati.features.map((f) => {
        const [lon, lat] = f.geometry.coordinates;
        const icona = L.divIcon({ className: "mappa-punto", iconSize: [22, 22] });
        const nome = f.properties.nome + ", " + f.properties.comune;
        const segno = L.marker([lat, lon], { icon: icona, title: nome, alt: nome });
        if (schede.has(f.properties.url)) {
          lega(segno, schede.get(f.properties.url));
        }
        return segno.bindPopup(() => cartellino(f.properties));
      })
    );
    return punti;
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
      fadeAnimation: false,
    });
    mappa.addControl(L.control.zoom({ zoomInTitle: parole.ingrandisci, zoomOutTitle: parole.riduci }));
    mappa.on("zoomend", () => tela.classList.toggle("mappa-lontana", mappa.getZoom() < ZOOM_NOMI));
    const posti = dati.features.length
      ? dati.features.map((f) => [f.geometry.coordinates[1], f.geometry.coordinates[0]])
      : dati.comuni.map((c) => [c.lat, c.lon]);
    if (posti.length) {
      mappa.fitBounds(posti, { maxZoom: 14, paddingTopLeft: [50, 30], paddingBottomRight: [110, 30] });
    }
    fondo(mappa, dati, L.control.attribution({ prefix: false }));
    mappa.addLayer(segni(dati));
  }

  /* The position goes into the list's address and nowhere else: three decimals are about a hundred metres. */
  function offriPosizione(scatola) {
    if (!navigator.geolocation) {
      return;
    }
    const modulo = scatola.closest("form");
    const bottone = elemento("button", "btn btn-outline-primary btn-sm", scatola.dataset.posizione);
    const esito = elemento("p", "posizione-esito", "");
    bottone.type = "button";
    esito.setAttribute("role", "status");
    bottone.addEventListener("click", () => {
      esito.textContent = scatola.dataset.attesa;
      navigator.geolocation.getCurrentPosition(
        (posizione) => {
          modulo.elements.lat.value = posizione.coords.latitude.toFixed(3);
          modulo.elements.lon.value = posizione.coords.longitude.toFixed(3);
          modulo.elements.vicino.value = "";
          modulo.requestSubmit();
        },
        () => {
          esito.textContent = scatola.dataset.negata;
        },
        { timeout: 15000, maximumAge: 300000 }
      );
    });
    modulo.addEventListener("submit", () => {
      if (modulo.elements.vicino.value.trim()) {
        modulo.elements.lat.value = modulo.elements.lon.value = "";
      }
      /* Empty fields stay out of the address that one may send to somebody. */
      Array.from(modulo.elements).forEach((campo) => {
        campo.disabled = campo.name !== "" && campo.value === "";
      });
    });
    scatola.append(bottone, esito);
    scatola.hidden = false;
  }

  /* A page that comes back from the browser's memory must be usable again. */
  window.addEventListener("pageshow", () => {
    document.querySelectorAll(".filtri [name]:disabled").forEach((campo) => {
      campo.disabled = false;
    });
  });
  document.querySelectorAll("[data-posizione]").forEach(offriPosizione);
  if (riquadro && window.L) {
    fetch(parole.mappaPunti + window.location.search)
      .then((risposta) => (risposta.ok ? risposta.json() : null))
      .then((dati) => dati && disegna(dati))
      .catch(() => {});
  }
})();
