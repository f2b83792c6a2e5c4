// Keeps the page for minutes without network and what it is made of. Nothing about anybody lies here: names and drafts are in
// the page's own store, encrypted. The server puts FILES before this text: the page first, then style sheet, script and mark.
const [PAGE, ...ASSETS] = self.FILES;
const NAME = `offline ${self.FILES.join(" ")}`;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(self.FILES)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  if (event.request.method !== "GET") return;
  if (ASSETS.includes(path)) {
    event.respondWith(caches.match(path).then((kept) => kept ?? fetch(event.request)));
  } else if (path === PAGE) {
    event.respondWith(fetch(event.request).catch(() => caches.match(PAGE)));
  }
});
