/* The roll, tap by tap: saved at once, kept when the network is not there, the same for who takes it together. */
(() => {
  "use strict";

  const radice = document.getElementById("appello");
  const dati = JSON.parse(document.getElementById("ap-dati").textContent);
  const modulo = radice.querySelector("form");
  const gettone = modulo.elements.csrfmiddlewaretoken.value;
  const trova = (nome) => document.getElementById(`ap-${nome}`);
  const righe = new Map([...radice.querySelectorAll(".ap-riga")].map((r) => [Number(r.dataset.seggio), r]));
  const POLL = 4000;
  const miei = new Map(); // seat → the outcome that this screen tapped last
  let scarto = dati.ora - Date.now(); // server's clock minus this tablet's
  let giro = Infinity; // the shortest round trip that measured it
  let segno = "";
  let ultimo = null;

  const adesso = () => Date.now() + scarto;
  const ora = (istante) =>
    new Date(istante).toLocaleTimeString("it-IT", { timeZone: "Europe/Rome", hour: "2-digit", minute: "2-digit" });
  const campo = (riga, nome) => modulo.elements[`s${riga.dataset.seggio}-${nome}`];

  const coda = new window.CodaAppello({
    codice: dati.codice,
    utente: dati.utente,
    indirizzo: dati.tocchi,
    gettone,
    ricevuti,
    cambiata: mostraRete,
  });

  // -- What the screen says ---------------------------------------------------------

  function avvisa(frase, link) {
    if (!frase) return;
    const p = document.createElement("p");
    p.textContent = frase;
    if (link) {
      const a = document.createElement("a");
      Object.assign(a, { href: link.href, textContent: link.testo, target: "_blank" });
      p.append(" ", a);
    }
    const chiudi = document.createElement("button");
    Object.assign(chiudi, { type: "button", className: "button button-secondary", textContent: "Chiudi l'avviso" });
    chiudi.addEventListener("click", () => p.remove());
    p.append(" ", chiudi);
    if (![...trova("avvisi").children].some((altro) => altro.firstChild.textContent === frase)) trova("avvisi").append(p);
  }

  function mostraRete(stato) {
    const quanti = coda.tocchi().length;
    const tocchi = quanti === 1 ? "1 tocco" : `${quanti} tocchi`;
    const frasi = {
      "senza-rete": `${tocchi} in attesa di rete. Puoi continuare: l'invio riprende da solo quando la rete torna.`,
      accesso: `${tocchi} in attesa: la sessione è scaduta. Accedi di nuovo e ricarica questa pagina, i tocchi restano qui.`,
      rifiutata: `${tocchi} in attesa: il server non li accetta. Ricarica la pagina, i tocchi restano qui.`,
      invio: `${tocchi} in partenza…`,
      pronta: `${tocchi} in partenza…`,
    };
    const p = trova("rete");
    p.hidden = !quanti;
    p.classList.toggle("ap-ferma", ["senza-rete", "accesso", "rifiutata"].includes(stato));
    const frase = quanti ? frasi[stato] : "";
    if (p.firstChild?.textContent === frase) return;
    p.textContent = frase;
    if (quanti && stato === "accesso") {
      const a = document.createElement("a");
      Object.assign(a, { href: dati.accesso, textContent: "Accedi", target: "_blank" });
      p.append(" ", a);
    }
  }

  function quantoFa(istante) {
    const minuti = Math.floor(Math.max(adesso() - istante, 0) / 60000);
    if (minuti < 1) return "adesso";
    return minuti === 1 ? "1 minuto fa" : minuti < 60 ? `${minuti} minuti fa` : `alle ${ora(istante)}`;
  }

  // -- Rows -------------------------------------------------------------------------

  function libero(seggio, nome, elemento) {
    return !coda.aspetta(seggio, nome) && document.activeElement !== elemento;
  }

  function mostraRiga(riga, esito) {
    riga.classList.toggle("ap-c-e", esito === "presente" || esito === "remoto");
    riga.classList.toggle("ap-segnata", Boolean(esito));
  }

  function applicaRiga(s) {
    const riga = righe.get(s.seggio);
    if (!riga) return;
    const scelte = campo(riga, "esito");
    if (!coda.aspetta(s.seggio, "esito")) {
      for (const scelta of scelte) scelta.checked = scelta.value === s.esito;
      mostraRiga(riga, s.esito);
      for (const nome of ["persona", "arrivo", "uscita"]) {
        const ingresso = campo(riga, nome);
        const valore = nome === "persona" ? s.persona || ingresso.defaultValue : s[nome];
        if (libero(s.seggio, nome, ingresso)) ingresso.value = valore;
      }
      if (libero(s.seggio, "delega", null)) campo(riga, "delega").checked = s.delega;
    }
    riga.classList.toggle("ap-verifica", s.da_verificare);
    riga.querySelector(".ap-posizione").textContent = s.posizione;
    mostraNota(riga, s);
  }

  function mostraNota(riga, s) {
    const nota = riga.querySelector(".ap-nota");
    const contro = miei.has(s.seggio) && s.mano !== dati.utente && s.esito !== miei.get(s.seggio);
    const altrui = s.chi && s.mano !== dati.utente;
    const frase = altrui ? `${s.chi} ha segnato ${s.segno} ${contro ? quantoFa(s.quando) : `alle ${ora(s.quando)}`}` : "";
    if (nota.textContent !== frase) nota.textContent = frase;
    riga.classList.toggle("ap-contro", contro);
  }

  // -- The roll as the server has it ---------------------------------------------------

  function applica(stato) {
    ultimo = stato;
    stato.righe.forEach(applicaRiga);
    for (const [nome, html] of Object.entries(stato.riquadri)) {
      const riquadro = trova(nome);
      const scritto =
        [...riquadro.querySelectorAll("input")].some((i) => i.value !== i.defaultValue) ||
        riquadro.querySelector("details[open]");
      if (riquadro.dataset.html === html || scritto || riquadro.contains(document.activeElement)) continue;
      riquadro.innerHTML = html;
      riquadro.dataset.html = html;
    }
    filtra();
  }

  function ricevuti(esiti, stato, tocchi) {
    segno = "";
    for (const { chiave, esito, frase } of esiti) {
      if (!frase || (esito !== "rifiutato" && esito !== "superato")) continue;
      const seggio = tocchi.find((t) => t.chiave === chiave)?.seggio;
      const nome = righe.get(seggio)?.querySelector("legend").firstChild.textContent.trim() || "";
      avvisa(frase.startsWith(nome) ? frase : `${nome}: ${frase}`);
    }
    applica(stato);
  }

  function regola(istante, partito) {
    const tempo = Date.now() - partito;
    if (!istante || tempo >= giro) return;
    giro = tempo;
    scarto = istante + tempo / 2 - Date.now();
  }

  async function guarda() {
    if (document.hidden || coda.inCorso) return;
    const partito = Date.now();
    try {
      const risposta = await fetch(dati.stato, {
        headers: segno ? { "If-None-Match": segno } : {},
        redirect: "manual",
        signal: AbortSignal.timeout(10000),
      });
      if (risposta.type === "opaqueredirect") return;
      regola(Number(risposta.headers.get("X-Adesso")), partito);
      if (coda.tocchi().length && coda.stato === "senza-rete") coda.riprova();
      if (risposta.status === 200) {
        const stato = await risposta.json();
        segno = risposta.headers.get("ETag");
        applica(stato);
      } else if (risposta.status === 304 && ultimo) {
        ultimo.righe.forEach((s) => righe.has(s.seggio) && mostraNota(righe.get(s.seggio), s));
      }
    } catch {
      // No network: the queue says so when there is something to send; the next look tries again.
    }
  }

  // -- Hands ------------------------------------------------------------------------

  function tocca(riga, nome, valore) {
    coda.aggiungi(Number(riga.dataset.seggio), nome, valore, adesso());
  }

  function toccaEsito(riga, valore) {
    const seggio = Number(riga.dataset.seggio);
    miei.set(seggio, valore);
    riga.classList.remove("ap-contro");
    mostraRiga(riga, valore);
    const arrivo = campo(riga, "arrivo");
    if (valore === "presente" || valore === "remoto") arrivo.value ||= ora(adesso());
    else for (const altro of ["arrivo", "uscita"]) campo(riga, altro).value = "";
    tocca(riga, "esito", valore);
    filtra();
  }

  function filtra() {
    const parole = trova("cerca").value.toLowerCase().trim();
    const daSegnare = trova("da-segnare").checked;
    let viste = 0;
    for (const riga of righe.values()) {
      const dentro = riga.contains(document.activeElement);
      const si = riga.dataset.cerca.toLowerCase().includes(parole);
      riga.hidden = !dentro && !(si && !(daSegnare && riga.classList.contains("ap-segnata")));
      viste += !riga.hidden;
    }
    trova("nessuno").hidden = viste > 0;
  }

  async function agisci(bottone) {
    if (bottone.value === "altri-assenti") {
      for (const riga of righe.values()) {
        if (riga.classList.contains("ap-segnata")) continue;
        [...campo(riga, "esito")].find((s) => s.value === "assente").checked = true;
        toccaEsito(riga, "assente");
      }
      return;
    }
    if (bottone.value === "svolto" && coda.tocchi().length) {
      avvisa("Ci sono tocchi non ancora arrivati al server: aspetta che partano, poi segna l'incontro come svolto.");
      return;
    }
    const sezione = bottone.closest("[data-sezione]");
    const corpo = new URLSearchParams({ azione: bottone.value });
    const ingressi = [...(sezione?.querySelectorAll("input") || [])].filter((i) => i.type !== "checkbox" || i.checked);
    ingressi.forEach((i) => corpo.append(i.name, i.value));
    bottone.disabled = true;
    try {
      const risposta = await fetch(dati.azioni, {
        method: "POST",
        headers: { "X-CSRFToken": gettone },
        body: corpo,
        redirect: "manual",
        signal: AbortSignal.timeout(15000),
      });
      if (risposta.type === "opaqueredirect" || risposta.status === 403) {
        avvisa("La sessione è scaduta. Accedi di nuovo e ricarica questa pagina.", { href: dati.accesso, testo: "Accedi" });
        return;
      }
      const esito = await risposta.json();
      avvisa(esito.frase && !esito.vai ? esito.frase : "");
      if (esito.vai) window.location.assign(esito.vai);
      else if (risposta.ok) fatto(sezione, esito.stato);
    } catch {
      avvisa("Senza rete questo non si può fare adesso: riprova fra poco. Quello che hai scritto è ancora qui.");
    } finally {
      bottone.disabled = false;
    }
  }

  function fatto(sezione, stato) {
    for (const i of sezione?.querySelectorAll("input") || []) {
      if (i.type === "checkbox") i.checked = i.defaultChecked;
      else i.value = i.defaultValue;
    }
    for (const aperto of sezione?.querySelectorAll("details[open]") || []) aperto.open = false;
    if (sezione?.contains(document.activeElement)) document.activeElement.blur();
    segno = "";
    applica(stato);
  }

  modulo.addEventListener("change", (evento) => {
    const riga = evento.target.closest(".ap-riga");
    if (!riga) return;
    const nome = evento.target.name.split("-").pop();
    if (nome === "esito") toccaEsito(riga, evento.target.value);
    else if (nome === "delega") tocca(riga, nome, evento.target.checked ? "si" : "");
    else tocca(riga, nome, evento.target.value);
  });

  modulo.addEventListener("click", (evento) => {
    const bottone = evento.target.closest("button");
    const riga = bottone?.closest(".ap-riga");
    if (bottone?.classList.contains("ap-esce")) {
      campo(riga, "uscita").value = ora(adesso());
      tocca(riga, "uscita", "adesso");
    } else if (bottone?.classList.contains("ap-togli")) {
      for (const scelta of campo(riga, "esito")) scelta.checked = false;
      toccaEsito(riga, "");
    } else if (bottone?.name === "azione") {
      evento.preventDefault();
      agisci(bottone);
    }
  });

  modulo.addEventListener("submit", (evento) => evento.preventDefault()); // Enter in a field saves the field alone
  for (const nome of ["cerca", "da-segnare"]) trova(nome).addEventListener("input", filtra);
  window.addEventListener("online", () => {
    coda.riprova();
    guarda();
  });
  document.addEventListener("visibilitychange", guarda);
  window.addEventListener("beforeunload", (evento) => {
    if (coda.tocchi().length) evento.preventDefault();
  });

  radice.classList.add("ap-viva");
  for (const nascosto of radice.querySelectorAll(".ap-cerca, .ap-esce, .ap-togli")) nascosto.hidden = false;
  for (const nome of ["quorum", "punti", "ospiti", "ingressi"]) trova(nome).dataset.html = "";
  for (const riga of righe.values()) mostraRiga(riga, [...campo(riga, "esito")].find((s) => s.checked)?.value);
  const altrui = coda.diAltri();
  if (altrui) avvisa(`Su questo dispositivo ci sono ${altrui} tocchi di un'altra persona non ancora inviati: accedi con il suo account per inviarli.`);
  mostraRete(coda.stato);
  coda.riprova();
  guarda();
  setInterval(guarda, POLL);
})();
