/* Saves a draft while it is written, and says how long the call stays open. Without it the buttons do the same.
   What isn't saved yet is kept in this browser: it survives a lost network, a reload, a crash. Two people in one
   draft: fields that only one of them touched come together by themselves; of a field that both wrote, each sees
   the two texts and chooses. */
(() => {
  "use strict";

  const PAUSA = 2000;
  const NUOVO_TENTATIVO = 10000;
  const modulo = document.getElementById("bozza");
  if (!modulo) return;
  const stato = document.getElementById("salvataggio");
  const cassetto = `bozza:${modulo.dataset.codice}`;
  const parole = modulo.dataset;
  let versione = Number(modulo.elements.versione.value);
  let base = valori();
  let timer = null;
  let inCorso = false;
  let respinto = false;

  function campi() {
    return [...modulo.elements].filter((e) => /^(motivazione$|dichiarazione_|d-)/.test(e.name));
  }

  function valori() {
    const letti = {};
    for (const e of campi()) {
      if (e.type === "radio") letti[e.name] = e.checked ? e.value : letti[e.name] || "";
      else if (e.type === "checkbox" && e.name.startsWith("d-")) {
        letti[e.name] = letti[e.name] || [];
        if (e.checked) letti[e.name].push(e.value);
      } else letti[e.name] = e.type === "checkbox" ? e.checked : e.value.replace(/\r\n/g, "\n");
    }
    return letti;
  }

  const uguali = (a, b) => JSON.stringify(a ?? "") === JSON.stringify(b ?? "");

  function scrivi(nome, valore) {
    for (const e of campi().filter((c) => c.name === nome)) {
      if (e.type === "radio") e.checked = e.value === valore;
      else if (e.type === "checkbox") e.checked = Array.isArray(valore) ? valore.includes(e.value) : Boolean(valore);
      else e.value = valore;
    }
  }

  function cambiati() {
    const ora = valori();
    return Object.fromEntries(Object.entries(ora).filter(([nome, valore]) => !uguali(valore, base[nome])));
  }

  function tieni() {
    const mancano = cambiati();
    try {
      if (Object.keys(mancano).length) {
        const prima = Object.fromEntries(Object.keys(mancano).map((nome) => [nome, base[nome]]));
        localStorage.setItem(cassetto, JSON.stringify({ prima, campi: mancano }));
      } else localStorage.setItem(cassetto, JSON.stringify({ versione }));
    } catch {
      /* a browser that keeps nothing: the page itself still holds the text */
    }
  }

  function riprendi() {
    let tenuto = null;
    try {
      tenuto = JSON.parse(localStorage.getItem(cassetto));
    } catch {
      return;
    }
    if (tenuto?.versione > versione) {
      // This page left the server before the save that another page of this browser has seen arrive.
      localStorage.removeItem(cassetto);
      window.location.reload();
      return;
    }
    for (const [nome, mio] of Object.entries(tenuto?.campi || {})) {
      if (!(nome in base) || uguali(mio, base[nome])) continue;
      if (uguali(base[nome], tenuto.prima[nome])) scrivi(nome, mio);
      else contrasto(nome, mio, base[nome]);
    }
    if (Object.keys(cambiati()).length) fra(0);
    tieni();
  }

  /* Both texts beside the field: mine stays in it, theirs is below with a button that takes it. */
  function contrasto(nome, mio, altrui) {
    scrivi(nome, mio);
    const campo = campi().find((c) => c.name === nome).closest(".campo");
    campo.querySelector(".altrui")?.remove();
    const riquadro = document.createElement("div");
    riquadro.className = "altrui";
    riquadro.setAttribute("role", "alert");
    const frase = document.createElement("p");
    frase.textContent = parole.contrasto;
    const testo = document.createElement("blockquote");
    testo.textContent = Array.isArray(altrui) ? altrui.join("; ") : String(altrui || "—");
    riquadro.append(frase, testo);
    for (const [etichetta, valore] of [[parole.mio, null], [parole.altro, altrui]]) {
      const bottone = document.createElement("button");
      bottone.type = "button";
      bottone.className = "btn btn-outline-primary btn-sm me-2";
      bottone.textContent = etichetta;
      bottone.addEventListener("click", () => {
        if (valore !== null) scrivi(nome, valore);
        riquadro.remove();
        tieni();
        fra(0);
      });
      riquadro.append(bottone);
    }
    campo.append(riquadro);
  }

  function unisci(ora) {
    const miei = cambiati();
    for (const [nome, valore] of Object.entries(base)) {
      const altrui = ora.campi[nome] ?? (Array.isArray(valore) ? [] : "");
      if (!(nome in miei)) scrivi(nome, altrui);
      else if (!uguali(altrui, valore) && !uguali(altrui, miei[nome])) contrasto(nome, miei[nome], altrui);
      base[nome] = altrui;
    }
    aVersione(ora.versione);
  }

  function aVersione(numero) {
    versione = numero;
    modulo.elements.versione.value = numero;
  }

  function mostra(risposta) {
    const elenco = document.getElementById("elenco-mancanti");
    elenco.replaceChildren(
      ...risposta.mancanti.map((frase) => {
        const riga = document.createElement("li");
        riga.textContent = frase;
        return riga;
      }),
    );
    document.getElementById("mancanti").textContent = risposta.mancanti.length ? parole.manca : parole.pronta;
    for (const campo of modulo.querySelectorAll(".campo")) segna(campo, risposta.errori);
    stato.textContent = parole.salvato.replace("%s", risposta.salvato_alle);
  }

  function segna(campo, errori) {
    const controllo = campo.querySelector("[name^='d-']");
    if (!controllo) return;
    const frase = errori[controllo.name];
    campo.querySelector(".errori")?.remove();
    campo.classList.toggle("campo-errato", Boolean(frase));
    if (frase) controllo.setAttribute("aria-invalid", "true");
    else controllo.removeAttribute("aria-invalid");
    if (!frase) return;
    const riquadro = document.createElement("div");
    riquadro.className = "errori";
    const testo = document.createElement("p");
    testo.textContent = frase;
    riquadro.append(testo);
    campo.append(riquadro);
  }

  function fra(millisecondi) {
    clearTimeout(timer);
    timer = setTimeout(salva, millisecondi);
  }

  async function salva() {
    const mandati = cambiati();
    if (inCorso || !Object.keys(mandati).length || modulo.querySelector(".altrui")) return;
    inCorso = true;
    try {
      const risposta = await fetch(parole.salva, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": modulo.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ versione, campi: mandati }),
        redirect: "manual",
      });
      await leggi(risposta, mandati);
    } catch {
      stato.textContent = parole.senzaRete;
      fra(NUOVO_TENTATIVO);
    } finally {
      inCorso = false;
      tieni();
    }
    if (Object.keys(cambiati()).length && !timer && !respinto) fra(PAUSA);
  }

  async function leggi(risposta, mandati) {
    timer = null;
    respinto = false;
    if (risposta.status === 200) {
      const dati = await risposta.json();
      Object.assign(base, mandati);
      aVersione(dati.versione);
      mostra(dati);
    } else if (risposta.status === 409) {
      unisci(await risposta.json());
      stato.textContent = parole.unito;
      if (Object.keys(cambiati()).length) fra(0);
    } else if (risposta.status >= 500) {
      throw new Error(risposta.statusText);
    } else {
      const dati = risposta.headers.get("Content-Type")?.includes("json") ? await risposta.json() : {};
      stato.textContent = dati.frase || parole.accesso;
      respinto = true; // trying again by itself would give the same answer
    }
  }

  modulo.addEventListener("input", (evento) => {
    if (!campi().includes(evento.target)) return;
    tieni();
    fra(PAUSA);
  });
  window.addEventListener("online", () => fra(0));
  riprendi();

  const conto = document.getElementById("conto");
  const chiude = Date.parse(conto.dataset.chiude);
  const sfasamento = Date.parse(conto.dataset.ora) - Date.now(); // the server's clock decides, not this one
  const plurale = (n, uno, molti) => `${n} ${n === 1 ? uno : molti}`;

  function conta() {
    const secondi = Math.floor((chiude - Date.now() - sfasamento) / 1000);
    if (secondi < 0) {
      conto.textContent = parole.chiuso;
      return;
    }
    const [g, h, m] = [Math.floor(secondi / 86400), Math.floor(secondi / 3600) % 24, Math.floor(secondi / 60) % 60];
    const pezzi = [g && plurale(g, "giorno", "giorni"), (g || h) && plurale(h, "ora", "ore")];
    pezzi.push(plurale(m, "minuto", "minuti"));
    if (secondi < 300) pezzi.push(plurale(secondi % 60, "secondo", "secondi"));
    conto.textContent = parole.mancano.replace("%s", pezzi.filter(Boolean).join(", "));
    setTimeout(conta, secondi < 300 ? 1000 : 20000);
  }
  if (chiude > Date.now() + sfasamento) conta();
})();
