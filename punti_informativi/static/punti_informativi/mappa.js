/* The map shows what the list shows: same address, same filters. Without this file the list is whole. */
(function () {
  "use strict";

  const riquadro = document.querySelector("[data-mappa-punti]");
  const parole = riquadro ? riquadro.dataset : {};
  const ZOOM_MASSIMO = 17;
  const ZOOM_NOMI = 11;
  const GRADI_VICINI = 0.2;
  const MOVIMENTO = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

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

  /* A card and its mark, or the group that holds it, light up together, by pointer and by keyboard. */
  function lega(segno, scheda, punti) {
    const accendi = (acceso) => {
      scheda.classList.toggle("in-evidenza", acceso);
      const visibile = punti.getVisibleParent(segno);
      if (visibile && visibile.getElement()) {
        visibile.getElement().classList.toggle("in-evidenza", acceso);
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

  /* Opened by the keyboard, a popup takes the focus and gives it back. */
  function conTastiera(segno) {
    segno.on("popupopen", (evento) => {
      const scatola = evento.popup.getElement();
      scatola.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", parole.chiudi);
      if (document.activeElement === segno.getElement()) {
        scatola.querySelector("a[href]").focus();
        segno.once("popupclose", () => segno.getElement() && segno.getElement().focus());
      }
    });
  }

  function segni(dati) {
    const schede = new Map();
    riquadro.querySelectorAll("[data-punto]").forEach((scheda) => schede.set(scheda.dataset.punto, scheda));
    const punti = L.markerClusterGroup({
      showCoverageOnHover: false,
      maxClusterRadius: 40,
      iconCreateFunction: gruppo,
      animate: MOVIMENTO,
    });
    punti.addLayers(
      dati.features.map((f) => {
        const [lon, lat] = f.geometry.coordinates;
        const circa = f.properties.approssimata;
        const classe = circa ? "mappa-punto mappa-punto-approssimato" : "mappa-punto";
        const icona = L.divIcon({ className: classe, iconSize: [22, 22] });
        const nome = f.properties.nome + ", " + f.properties.comune + (circa ? " (" + parole.approssimata + ")" : "");
        const segno = L.marker([lat, lon], { icon: icona, title: nome, alt: nome });
        conTastiera(segno);
        if (schede.has(f.properties.url)) {
          lega(segno, schede.get(f.properties.url), punti);
        }
        return segno.bindPopup(() => cartellino(f.properties));
      })
    );
    return punti;
  }

  /* Inside the map, so that nothing moves when it comes. */
  function legenda() {
    const controllo = L.control({ position: "bottomleft" });
    controllo.onAdd = () => {
      const testo = riquadro.querySelector(".mappa-legenda");
      testo.hidden = false;
      return testo;
    };
    return controllo;
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
      fadeAnimation: MOVIMENTO,
      zoomAnimation: MOVIMENTO,
      zoomSnap: 0.5,
    });
    mappa.addControl(L.control.zoom({ zoomInTitle: parole.ingrandisci, zoomOutTitle: parole.riduci }));
    tela.addEventListener("keydown", (evento) => evento.key === "Escape" && mappa.closePopup());
    mappa.on("zoomend", () => tela.classList.toggle("mappa-lontana", mappa.getZoom() < ZOOM_NOMI));
    const posti = dati.features.length
      ? dati.features.map((f) => [f.geometry.coordinates[1], f.geometry.coordinates[0]])
      : dati.comuni.map((c) => [c.lat, c.lon]);
    if (posti.length) {
      mappa.fitBounds(posti, { maxZoom: 14, paddingTopLeft: [50, 30], paddingBottomRight: [110, 30] });
    }
    fondo(mappa, dati, L.control.attribution({ prefix: false }));
    mappa.addLayer(segni(dati));
    if (dati.features.some((f) => f.properties.approssimata)) {
      legenda().addTo(mappa);
    }
  }

  if (riquadro && window.L) {
    fetch(parole.mappaPunti + window.location.search)
      .then((risposta) => (risposta.ok ? risposta.json() : null))
      .then((dati) => dati && disegna(dati))
      .catch(() => {});
  }
})();
