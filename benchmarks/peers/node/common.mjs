// What a Node program does for an engine before it can ask it anything, and the protocol of worker.py.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const OFFICERS = new Set(["执法人员", "主办", "协办", "记录人"]);

export function opened(text, days) {
  const file = JSON.parse(text);
  const party = file.parties[0];
  const head = {
    procedure: file.procedure, field: file.field, party: party.kind, ...party.facts, ...file.facts,
  };
  const kinds = {};
  const acts = file.acts.map((act) => {
    const [day, before, through] = days[act.starts.slice(0, 10)];
    const officers = new Set((act.by ?? []).filter((one) => OFFICERS.has(one.role)).map((one) => one.person));
    const flat = Object.assign(act.facts ?? {}, {
      id: act.id, kind: act.kind, about: act.about ?? [], day, before, through, officers: officers.size,
    });
    (kinds[act.kind] ??= []).push(flat);
    return flat;
  });
  return { head, acts, kinds };
}

export function standing(one, act) {
  return {
    ...one,
    gap: one.day - act.day,
    late: one.before + 1 - act.through,
    ahead: act.before - one.before,
    names: one.about.includes(act.id),
  };
}

// Answers requests on standard input, one JSON a line, as worker.py does.
export async function serve(build) {
  const [folder] = process.argv.slice(2);
  const given = JSON.parse(readFileSync(`${folder}/given.json`, "utf8"));
  const files = [];
  for (let number = 0; number < given.files; number++) files.push(readFileSync(`${folder}/${number}.json`));
  const check = build(given);
  console.log(JSON.stringify({ ready: true }));
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    const answer = [];
    for (const number of asked.files) {
      const begin = performance.now();
      const found = await check(files[number].toString("utf8"));
      const micros = (performance.now() - begin) * 1000;
      answer.push(asked.do === "time" ? micros : found);
    }
    console.log(JSON.stringify(answer));
  }
}
