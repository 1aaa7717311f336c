// json-logic-engine: two compiled JsonLogic expressions for each rule, asked for each act of its kinds.
import { LogicEngine } from "json-logic-engine";
import { opened, serve, standing } from "./common.mjs";

await serve(({ rules, days, looked }) => {
  const engine = new LogicEngine();
  const rulesOf = {};
  for (const { id, kinds, applies, need } of rules) {
    const built = { id, applies: engine.build(applies), need: engine.build(need) };
    for (const kind of kinds) (rulesOf[kind] ??= []).push(built);
  }
  return (text) => {
    const { head, acts, kinds } = opened(text, days);
    const found = [];
    for (const act of acts) {
      const mine = rulesOf[act.kind];
      if (!mine) continue;
      const others = {};
      for (const kind of looked[act.kind]) others[kind] = (kinds[kind] ?? []).map((one) => standing(one, act));
      const seen = { act, head, others };
      for (const { id, applies, need } of mine) {
        if (applies(seen)) found.push([id, act.id, Boolean(need(seen))]);
      }
    }
    return found;
  };
});
