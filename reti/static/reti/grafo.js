/* Draws the network with sigma; positions and sizes come from the server. The tables say the same without it. */
(() => {
  "use strict";

  const figura = document.getElementById("figura-rete");
  const quadro = document.getElementById("quadro-rete");
  const NATURE = {
    pubblico: { colore: "#0059b3", sigla: "Pu", forma: "quadrato" },
    privato: { colore: "#8a3a00", sigla: "Pr", forma: "cerchio" },
    terzo_settore: { colore: "#00622f", sigla: "Ts", forma: "pentagono" },
    parti_sociali: { colore: "#6b2a7d", sigla: "Ps", forma: "rombo" },
  };
  const VERTICI = { quadrato: [4, Math.PI / 4, 1.2], pentagono: [5, -Math.PI / 2, 1.15], rombo: [4, 0, 1.3] };
  const GRIGIO = "#5c6f82";
  const stato = { sopra: null, vicini: new Set(), tuttiINomi: false, nomi: [] };

  function traccia(ctx, x, y, raggio, forma) {
    ctx.beginPath();
    if (forma === "cerchio") {
      ctx.arc(x, y, raggio, 0, 2 * Math.PI);
    } else {
      const [lati, giro, scala] = VERTICI[forma];
      for (let i = 0; i < lati; i += 1) {
        const angolo = giro + (2 * Math.PI * i) / lati;
        ctx.lineTo(x + raggio * scala * Math.cos(angolo), y + raggio * scala * Math.sin(angolo));
      }
    }
    ctx.closePath();
  }

  function disegnaNodo(ctx, dati, impostazioni) {
    const natura = NATURE[dati.natura];
    const raggio = dati.size + 2;
    ctx.globalAlpha = dati.spento ? 0.25 : 1;
    traccia(ctx, dati.x, dati.y, raggio, natura.forma);
    ctx.fillStyle = natura.colore;
    ctx.fill();
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = "#fff";
    ctx.stroke();
    ctx.fillStyle = "#fff";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `700 ${Math.max(9, raggio * 0.85)}px ${impostazioni.labelFont}`;
    ctx.fillText(natura.sigla, dati.x, dati.y);
    ctx.globalAlpha = 1;
    if (dati.conNome) {
      stato.nomi.push(() => disegnaNome(ctx, dati, impostazioni, raggio));
    }
  }

  function disegnaNome(ctx, dati, impostazioni, raggio) {
    ctx.font = `600 ${impostazioni.labelSize}px ${impostazioni.labelFont}`;
    const larghezza = ctx.measureText(dati.label).width;
    const aSinistra = dati.x + raggio + 6 + larghezza > quadro.clientWidth;
    const x = aSinistra ? Math.max(2, dati.x - raggio - 6 - larghezza) : dati.x + raggio + 6;
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    ctx.fillStyle = "rgba(255, 255, 255, 0.88)";
    ctx.fillRect(x - 3, dati.y - impostazioni.labelSize * 0.75, larghezza + 6, impostazioni.labelSize * 1.5);
    ctx.fillStyle = "#17324d";
    ctx.fillText(dati.label, x, dati.y);
  }

  function costruisci(rete) {
    const grafo = new graphology.Graph();
    const larghezza = Math.min(1.8, Math.max(0.8, quadro.clientWidth / quadro.clientHeight));
    const piuAlta = Math.max(...rete.nodi.map((n) => n.intermediazione), 0.001);
    const soglia = [...rete.nodi].sort((a, b) => b.intermediazione - a.intermediazione)[Math.min(5, rete.nodi.length - 1)];
    rete.nodi.forEach((nodo) => {
      grafo.addNode(nodo.id, {
        x: nodo.x * larghezza,
        y: nodo.y,
        size: 8 + 8 * Math.sqrt(nodo.intermediazione / piuAlta),
        label: nodo.nome,
        natura: nodo.natura,
        color: NATURE[nodo.natura].colore,
        url: nodo.url,
        notevole: nodo.intermediazione > 0 && nodo.intermediazione >= soglia.intermediazione,
        forceLabel: true,
      });
    });
    rete.archi.forEach((arco) => {
      if (grafo.hasEdge(arco.da, arco.a)) {
        grafo.updateEdgeAttribute(arco.da, arco.a, "size", (n) => Math.min(n + 0.6, 6));
      } else {
        grafo.addUndirectedEdge(arco.da, arco.a, { size: 1.2, color: "#9aa9b8" });
      }
    });
    return grafo;
  }

  function riduciNodo(nodo, dati) {
    const acceso = !stato.sopra || stato.vicini.has(nodo);
    const conNome = stato.sopra ? acceso : dati.notevole || stato.tuttiINomi;
    return { ...dati, spento: !acceso, conNome, zIndex: acceso ? 1 : 0 };
  }

  function disegna(rete) {
    figura.hidden = false;
    const grafo = costruisci(rete);
    const fermo = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const disegno = new Sigma(grafo, quadro, {
      allowInvalidContainer: true,
      defaultDrawNodeLabel: disegnaNodo,
      defaultDrawNodeHover: disegnaNodo,
      enableCameraZooming: false,
      labelFont: '"Titillium Web", sans-serif',
      labelSize: 13,
      stagePadding: window.innerWidth < 600 ? 24 : 60,
      zIndex: true,
      nodeReducer: riduciNodo,
      edgeReducer: (arco, dati) => {
        const tocca = stato.sopra && grafo.hasExtremity(arco, stato.sopra);
        return { ...dati, color: tocca ? GRIGIO : stato.sopra ? "#e3e8ee" : dati.color };
      },
    });
    // Names come last, so that no other body's shape covers them.
    disegno.on("beforeRender", () => {
      stato.nomi = [];
    });
    disegno.on("afterRender", () => stato.nomi.forEach((scrivi) => scrivi()));
    disegno.on("enterNode", ({ node }) => {
      stato.sopra = node;
      stato.vicini = new Set([node, ...grafo.neighbors(node)]);
      quadro.style.cursor = "pointer";
      disegno.refresh({ skipIndexation: true });
    });
    disegno.on("leaveNode", () => {
      stato.sopra = null;
      quadro.style.cursor = "";
      disegno.refresh({ skipIndexation: true });
    });
    disegno.on("clickNode", ({ node }) => window.location.assign(grafo.getNodeAttribute(node, "url")));
    collegaComandi(disegno, fermo ? 0 : 200);
    disegno.refresh();
  }

  function collegaComandi(disegno, duration) {
    const camera = disegno.getCamera();
    const azioni = {
      avvicina: () => camera.animatedZoom({ duration }),
      allontana: () => camera.animatedUnzoom({ duration }),
      tutta: () => camera.animatedReset({ duration }),
      nomi: (tasto) => {
        stato.tuttiINomi = !stato.tuttiINomi;
        tasto.setAttribute("aria-pressed", String(stato.tuttiINomi));
        disegno.refresh({ skipIndexation: true });
      },
    };
    figura.querySelectorAll("[data-comando]").forEach((tasto) => {
      tasto.addEventListener("click", () => azioni[tasto.dataset.comando](tasto));
    });
  }

  function rinuncia() {
    figura.hidden = true;
    document.getElementById("avviso-quadro").hidden = false;
  }

  if (figura && window.Sigma && window.graphology) {
    fetch(quadro.dataset.dati, { headers: { Accept: "application/json" } })
      .then((risposta) => (risposta.ok ? risposta.json() : Promise.reject(new Error(risposta.statusText))))
      .then(disegna)
      .catch(rinuncia);
  } else if (figura) {
    rinuncia();
  }
})();
