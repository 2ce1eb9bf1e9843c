// What the page of gradio does not do by itself. Loaded before gradio, without a build step.
(() => {
  "use strict";
  const script = document.currentScript;
  const language = script.dataset.language;
  const root = script.dataset.root;
  document.documentElement.lang = language;
  // gradio takes the language of its own words from here.
  for (const [name, value] of [["language", language], ["languages", [language]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }

  // Light or dark: the reader's choice, else that of the system.
  const wanted = () => localStorage.getItem("gouji-theme");
  const asked = window.matchMedia.bind(window);
  window.matchMedia = (query) => {
    const choice = wanted();
    if (!choice || !/prefers-color-scheme/.test(query)) return asked(query);
    const matches = query.includes("dark") === (choice === "dark");
    return { matches, media: query, onchange: null, addEventListener() {}, removeEventListener() {},
      addListener() {}, removeListener() {}, dispatchEvent: () => true };
  };
  const dark = () => document.body.classList.contains("dark");
  const toggleDark = () => {
    localStorage.setItem("gouji-theme", dark() ? "light" : "dark");
    document.body.classList.toggle("dark");
  };

  // The name of this tab's conversation: random, kept while the tab lives.
  const talk = () => {
    let name = sessionStorage.getItem("gouji-talk");
    if (!name) {
      const bytes = crypto.getRandomValues(new Uint8Array(24));
      name = btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
      sessionStorage.setItem("gouji-talk", name);
    }
    return name;
  };

  const narrow = () => window.innerWidth <= 900;
  let send = null;
  let follow = false; // the reader asked to see evidence: bring it into view

  const openTab = (id) => {
    const button = document.querySelector(`#gj-tabs button[role="tab"][data-tab-id="${id}"]`);
    if (button) button.click();
  };

  const copyAnswer = async (button) => {
    const answer = button.closest(".gj-answer");
    const rows = [...answer.querySelectorAll(".gj-values tbody tr")].map((row) =>
      [...row.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim()).join("\t"));
    const text = [...answer.querySelectorAll(".gj-text p")].map((line) =>
      line.innerText.replace(/[✓≈＝·✗?]\s*(?=[-\d])/g, ""));
    const words = [...text, ...rows].join("\n");
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const area = document.createElement("textarea");
      area.value = words;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = language === "en" ? "Copied" : "已复制";
    setTimeout(() => { button.textContent = before; }, 1500);
  };

  const rate = (button, data) => {
    if (data.mark !== "wrong") return send("rate", { ...data, right: "" });
    const answer = button.closest(".gj-answer");
    if (answer.querySelector(".gj-correct")) return undefined;
    const english = language === "en";
    const form = document.createElement("form");
    form.className = "gj-correct";
    const label = document.createElement("label");
    label.textContent = english ? "The right answer, if you know it" : "正确的答案（知道的话）";
    const field = document.createElement("input");
    field.maxLength = 500;
    field.placeholder = english ? "such as 56.4万元" : "如 56.4万元";
    label.append(field);
    const done = document.createElement("button");
    done.className = "gj-act gj-primary";
    done.textContent = english ? "Send" : "提交";
    form.append(label, done);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send("rate", { ...data, right: field.value });
      form.remove();
    });
    answer.append(form);
    field.focus();
    return undefined;
  };

  // A chart as a PNG file: its colours are those of the page, written into it.
  const savePicture = (figure) => {
    const drawn = figure.querySelector("svg");
    const copy = drawn.cloneNode(true);
    const [from, to] = [drawn, copy].map((each) => [...each.querySelectorAll("*")]);
    from.forEach((each, index) => {
      const style = getComputedStyle(each);
      for (const name of ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-family", "font-weight", "text-anchor"]) {
        to[index].style.setProperty(name, style.getPropertyValue(name));
      }
    });
    const { width, height } = drawn.viewBox.baseVal;
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [width * 3, height * 3 + 90];
      const pen = canvas.getContext("2d");
      pen.fillStyle = getComputedStyle(document.body).getPropertyValue("--gj-card") || "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = getComputedStyle(figure).color;
      pen.font = "39px sans-serif";
      const title = figure.querySelector("figcaption").textContent;
      const keys = [...figure.querySelectorAll(".gj-keys span")].map((each) => each.textContent).join("  ");
      pen.fillText(`${title}  ${keys}`, 36, 60, canvas.width - 72);
      pen.drawImage(image, 0, 90, width * 3, height * 3);
      const link = document.createElement("a");
      link.download = `${title}.png`;
      link.href = canvas.toDataURL("image/png");
      link.click();
    };
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  };

  const own = {
    dark: toggleDark,
    tab: (_, data) => openTab(data.tab),
    copy: copyAnswer,
    picture: (button) => savePicture(button.closest("figure")),
    rate,
    // Evidence of an evaluation opens in the library.
    evalopen: (_, data) => { openTab("library"); follow = true; send("open", data); },
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (!button) return;
    const { act, ...data } = button.dataset;
    if (act in own) own[act](button, data);
    else if (send) {
      if (data.sure && !window.confirm(data.sure)) return;
      follow = ["cite", "cell", "finding", "open", "evalcase"].includes(act);
      if (act === "cite" || act === "cell") {
        document.querySelectorAll(".gj-chip.gj-on").forEach((each) => each.classList.remove("gj-on"));
        if (button.classList.contains("gj-chip")) button.classList.add("gj-on");
      }
      if (act === "finding" || act === "evalcase") {
        document.querySelectorAll(".gj-card.gj-on").forEach((each) => each.classList.remove("gj-on"));
        button.classList.add("gj-on");
      }
      send(act, data);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#gj-language");
    const tab = document.querySelector('#gj-tabs button[role="tab"][aria-selected="true"]');
    if (link && tab) link.search = `?tab=${tab.dataset.tabId || ""}`;
  }, true);

  // ?tab=… opens a tab, and the address names the open one.
  const tabs = () => [...document.querySelectorAll('#gj-tabs button[role="tab"]')];
  const openAsked = () => {
    const id = new URLSearchParams(location.search).get("tab");
    if (id) openTab(id);
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest('#gj-tabs button[role="tab"]');
    if (!button || !button.dataset.tabId) return;
    const address = new URL(location.href);
    address.searchParams.set("tab", button.dataset.tabId);
    history.replaceState(history.state, "", address);
  });

  // Who is logged in, and the way out.
  const user = script.dataset.user;
  const showUser = () => {
    const nav = document.querySelector(".gj-top nav");
    if (!user || !nav || nav.querySelector("form")) return;
    const form = document.createElement("form");
    form.method = "post";
    form.action = `${root}/logout`;
    const button = document.createElement("button");
    button.className = "gj-switch";
    button.textContent = `${user} · ${language === "en" ? "Log out" : "退出"}`;
    form.append(button);
    nav.append(form);
  };

  window.gouji = {
    talk,
    bus: (trigger) => {
      send = trigger;
      showUser();
      const wait = () => (tabs().length ? openAsked() : requestAnimationFrame(wait));
      wait();
    },
    tab: () => new URLSearchParams(location.search).get("tab") || "",
    save: (ending) => {
      const english = language === "en" ? "en" : "zh";
      location.href = `${root}/export/conversation.${ending}?c=${talk()}&language=${english}`;
    },
    // After a change: the newest turn at the top of the talk, the boxed place in the middle.
    watch: (element, watch, what) => {
      const show = () => requestAnimationFrame(() => {
        if (what === "talk") {
          const turns = element.querySelectorAll(".gj-turn");
          const last = turns[turns.length - 1];
          const frame = element.closest("#gj-talk");
          if (last && !narrow()) frame.scrollTop += last.getBoundingClientRect().top - frame.getBoundingClientRect().top;
          else if (last && turns.length > 1) last.scrollIntoView({ behavior: "instant", block: "start" });
        } else if (what === "evidence") {
          const box = element.querySelector(".gj-boxed, .gj-box");
          const paper = box && box.closest(".gj-paper");
          if (paper) {
            const low = box.getBoundingClientRect(), high = paper.getBoundingClientRect();
            paper.scrollTop += low.top - high.top - paper.clientHeight / 2;
            paper.scrollLeft += low.left - high.left - paper.clientWidth / 2;
          }
        }
        if (what !== "talk") {
          if (follow && narrow()) element.scrollIntoView({ behavior: "instant", block: "start" });
          follow = false;
        }
      });
      watch("value", show);
      show();
    },
  };
})();
