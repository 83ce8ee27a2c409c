/* Taps that wait for the network. Kept in the browser before they are sent, they survive a reload and a crash;
   each carries the key made when it was tapped, so that sending it again does nothing twice. */
(() => {
  "use strict";

  const LOTTO = 50;
  const ATTESA_MASSIMA = 30000;
  const PREFISSO = "appello:";

  function chiave() {
    if (crypto.randomUUID) return crypto.randomUUID();
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (n) => n.toString(16).padStart(2, "0")).join("");
  }

  class Coda {
    /* `ricevuti(esiti, stato, tocchi)` gets the server's answer to `tocchi`; `cambiata(stato)` is told of every change:
       "pronta", "invio", "senza-rete", "accesso", "rifiutata". */
    constructor({ codice, utente, indirizzo, gettone, ricevuti, cambiata }) {
      this.nome = `${PREFISSO}${codice}:${utente}`;
      this.altri = `${PREFISSO}${codice}:`;
      Object.assign(this, { indirizzo, gettone, ricevuti, cambiata });
      this.memoria = null; // used only where the browser keeps nothing
      this.tentativi = 0;
      this.inCorso = false;
      this.timer = null;
      this.stato = "pronta";
    }

    tocchi() {
      if (this.memoria) return this.memoria;
      try {
        return JSON.parse(localStorage.getItem(this.nome)) || [];
      } catch {
        return [];
      }
    }

    scrivi(tocchi) {
      try {
        if (tocchi.length) localStorage.setItem(this.nome, JSON.stringify(tocchi));
        else localStorage.removeItem(this.nome);
        this.memoria = null;
      } catch {
        this.memoria = tocchi;
      }
    }

    /* Taps of other people on this same device: only they may send them. */
    diAltri() {
      try {
        return Object.keys(localStorage)
          .filter((nome) => nome.startsWith(this.altri) && nome !== this.nome)
          .reduce((quanti, nome) => quanti + (JSON.parse(localStorage.getItem(nome)) || []).length, 0);
      } catch {
        return 0;
      }
    }

    /* A tap not sent yet gives way to a newer one of the same seat and field. */
    aggiungi(seggio, campo, valore, fatto) {
      const altri = this.tocchi().filter((t) => t.inviato || t.seggio !== seggio || t.campo !== campo);
      this.scrivi([...altri, { chiave: chiave(), seggio, campo, valore, fatto }]);
      this.segna(this.stato);
      this.fraPoco(this.stato === "senza-rete" ? null : 250);
    }

    aspetta(seggio, campo) {
      return this.tocchi().some((t) => t.seggio === seggio && t.campo === campo);
    }

    segna(stato) {
      this.stato = stato;
      this.cambiata(stato);
    }

    fraPoco(millisecondi) {
      if (millisecondi === null) return;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.svuota(), millisecondi);
    }

    riprova() {
      this.tentativi = 0;
      this.fraPoco(0);
    }

    piuTardi(stato) {
      this.tentativi += 1;
      this.segna(stato);
      this.fraPoco(Math.min(1000 * 2 ** (this.tentativi - 1), ATTESA_MASSIMA) * (0.75 + Math.random() / 2));
    }

    async svuota() {
      const lotto = this.tocchi().slice(0, LOTTO);
      if (this.inCorso || !lotto.length) return;
      this.inCorso = true;
      const chiavi = new Set(lotto.map((t) => t.chiave));
      this.scrivi(this.tocchi().map((t) => (chiavi.has(t.chiave) ? { ...t, inviato: true } : t)));
      if (this.stato === "pronta") this.segna("invio");
      try {
        await this.invia(lotto);
      } catch {
        this.piuTardi("senza-rete");
      } finally {
        this.inCorso = false;
      }
    }

    async invia(lotto) {
      const risposta = await fetch(this.indirizzo, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.gettone },
        body: JSON.stringify({ tocchi: lotto }),
        redirect: "manual",
        signal: AbortSignal.timeout(15000),
      });
      if (risposta.type === "opaqueredirect" || risposta.status === 401 || risposta.status === 403) {
        this.piuTardi("accesso");
      } else if (risposta.ok) {
        const { esiti, stato } = await risposta.json();
        const finiti = new Set(esiti.map((e) => e.chiave));
        this.scrivi(this.tocchi().filter((t) => !finiti.has(t.chiave)));
        this.tentativi = 0;
        this.segna("pronta");
        this.ricevuti(esiti, stato, lotto);
        this.fraPoco(this.tocchi().length ? 0 : null);
      } else {
        this.piuTardi(risposta.status < 500 ? "rifiutata" : "senza-rete");
      }
    }
  }

  window.CodaAppello = Coda;
})();
