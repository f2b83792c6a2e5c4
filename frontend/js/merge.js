// What somebody wrote without network beside what others wrote meanwhile. Pure, so that it can be tested by itself.
const FIELDS = ["was", "why", "spoke"];
const same = (a, b) => FIELDS.every((field) => (a?.[field] ?? "") === (b?.[field] ?? ""));

// one seat per member of now: mine where only I changed it, theirs where only they did; `clash` where both did, differently
export function merge(base, mine, now) {
  const of = (seats, id) => seats.find((seat) => seat.id === id);
  return now.map((theirs) => {
    const [was, own] = [of(base, theirs.id), of(mine, theirs.id)];
    if (!own || same(own, was) || same(own, theirs)) return { seat: theirs };
    if (!was || same(theirs, was)) return { seat: { ...theirs, ...pick(own) } };
    return { seat: { ...theirs, ...pick(own) }, clash: { mine: own, theirs } };
  });
}
const pick = (seat) => Object.fromEntries(FIELDS.map((field) => [field, seat[field] ?? ""]));
