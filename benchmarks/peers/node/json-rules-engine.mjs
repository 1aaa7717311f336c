// json-rules-engine: one engine for each kind of act; for each rule a rule where it applies and one where it
// is met. Looking at other acts is a fact computed here (a "dynamic fact" with parameters), since conditions
// only compare values. "given" and "superset" are operators added as its manual shows.
import { Engine } from "json-rules-engine";
import { opened, serve } from "./common.mjs";

function fits({ name, op, value }, act) {
  const told = act[name];
  switch (op) {
    case "is": return told === value;
    case "is_not": return told !== value;
    case "one_of": return value.includes(told);
    case "includes": return Array.isArray(told) && value.every((item) => told.includes(item));
    case "not_given": return told === undefined;
    default: throw new Error(op);
  }
}

function stands({ when, working, naming }, one, act) {
  const gap = one.day - act.day;
  if (when === "after" && gap < 0) return false;
  if (when === "before" && gap >= 0) return false;
  if (when === "until" && gap > 0) return false;
  if (naming && !one.about.includes(act.id)) return false;
  if (working === null) return true;
  return when === "after" ? one.before + 1 - act.through <= working : act.before - one.before >= working;
}

function engineOf(rules) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator("given", (told, wanted) => (told !== undefined) === wanted);
  engine.addOperator("superset", (told, wanted) => Array.isArray(told) && wanted.every((item) => told.includes(item)));
  engine.addOperator("overlaps", (told, wanted) => Array.isArray(told) && wanted.some((item) => told.includes(item)));
  engine.addOperator("sameList", (told, wanted) => JSON.stringify(told) === JSON.stringify(wanted));
  engine.addFact("other", async (look, almanac) => {
    const [act, kinds] = [await almanac.factValue("act"), await almanac.factValue("kinds")];
    return look.kinds.some((kind) => (kinds[kind] ?? []).some(
      (one) => stands(look, one, act) && look.where.every((fact) => fits(fact, one))));
  });
  engine.addFact("number", async ({ kind, fact }, almanac) => (await almanac.factValue("kinds"))[kind][0][fact]);
  for (const { id, applies, need } of rules) {
    engine.addRule({ conditions: applies, event: { type: "applies", params: { id } } });
    engine.addRule({ conditions: { all: [applies, need] }, event: { type: "met", params: { id } } });
  }
  return engine;
}

await serve(({ conditions, days }) => {
  const rulesOf = {};
  for (const rule of conditions) for (const kind of rule.kinds) (rulesOf[kind] ??= []).push(rule);
  const engines = Object.fromEntries(Object.entries(rulesOf).map(([kind, rules]) => [kind, engineOf(rules)]));
  return async (text) => {
    const { head, acts, kinds } = opened(text, days);
    const found = [];
    for (const act of acts) {
      const engine = engines[act.kind];
      if (!engine) continue;
      const { events } = await engine.run({ act, kinds, head });
      const met = new Set(events.filter((one) => one.type === "met").map((one) => one.params.id));
      for (const { type, params } of events) {
        if (type === "applies") found.push([params.id, act.id, met.has(params.id)]);
      }
    }
    return found;
  };
});
