// What a page keeps on the device: encrypted twice, by a key this browser never gives out and by one made from the PIN, for seven
// days at most. Signing out clears all of it (Clear-Site-Data).
const DAYS = 7;
const TRIES = 5;
const ROUNDS = 600000;
const bytes = (length) => crypto.getRandomValues(new Uint8Array(length));

function store(mode, work) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("chibo-offline", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const db = opening.result;
      const turn = db.transaction("kept", mode);
      const asked = work(turn.objectStore("kept"));
      turn.oncomplete = () => { db.close(); done(asked.result); };
      turn.onerror = turn.onabort = () => { db.close(); failed(turn.error); };
    };
  });
}
const get = (name) => store("readonly", (kept) => kept.get(name));
const put = (name, value) => store("readwrite", (kept) => kept.put(value, name));

export const drop = (name) => store("readwrite", (kept) => kept.delete(name));

async function deviceKey() {
  const known = await get("device");
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await put("device", made);
  return made;
}

async function pinKey(pin, salt) {
  const text = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, text, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function seal(key, plain, about) {
  const iv = bytes(12);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(about) }, key, plain);
  return { iv, data };
}
const open = (key, { iv, data }, about) =>
  crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(about) }, key, data);

// names of what is kept and not yet expired; what is expired is dropped on the way
export async function names() {
  const found = [];
  for (const name of await store("readonly", (kept) => kept.getAllKeys())) {
    if (name === "device") continue;
    const { until } = await get(name);
    if (until > Date.now()) found.push({ name, until });
    else await drop(name);
  }
  return found;
}

// a drawer for one thing: its key is held by the page alone, never stored
export async function lock(name, pin, value) {
  const salt = bytes(16);
  const drawer = { name, salt, key: await pinKey(pin, salt), until: Date.now() + DAYS * 86400000 };
  await save(drawer, value);
  return drawer;
}

export async function save(drawer, value) {
  const { name, salt, key, until } = drawer;
  const inner = await seal(key, new TextEncoder().encode(JSON.stringify(value)), name);
  const packed = new Uint8Array(12 + inner.data.byteLength);
  packed.set(inner.iv);
  packed.set(new Uint8Array(inner.data), 12);
  await put(name, { salt, until, tries: 0, box: await seal(await deviceKey(), packed, name) });
}

// { drawer, value }, or how many tries are left; after the last the drawer is gone
export async function unlock(name, pin) {
  const kept = await get(name);
  if (!kept || kept.until <= Date.now()) {
    await drop(name);
    return { left: 0 };
  }
  const drawer = { name, salt: kept.salt, key: await pinKey(pin, kept.salt), until: kept.until };
  try {
    const packed = await open(await deviceKey(), kept.box, name);
    const inner = { iv: packed.slice(0, 12), data: packed.slice(12) };
    const value = JSON.parse(new TextDecoder().decode(await open(drawer.key, inner, name)));
    if (kept.tries) await put(name, { ...kept, tries: 0 });
    return { drawer, value };
  } catch {
    const tries = kept.tries + 1;
    if (tries >= TRIES) await drop(name);
    else await put(name, { ...kept, tries });
    return { left: TRIES - tries };
  }
}
