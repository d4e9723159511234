/** One run of `sim`: plays, judges, and looks at what would have been. */
import { runDoNothing, runGolden } from '@chaotic-good/engine/incident/counterfactuals';
import type { ForcedDraw } from '@chaotic-good/engine/incident/draw';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { openIncident } from '@chaotic-good/engine/incident/incident';
import type { OpenOptions } from '@chaotic-good/engine/incident/incident';
import { judgeIncident } from '@chaotic-good/engine/incident/judge';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import { horizonSeconds } from '@chaotic-good/engine/incident/scoring-input';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import type { ScriptLine } from './parse-script.ts';
import { playScript } from './play-script.ts';
import type { ScenarioWithSystem } from './registry.ts';
import type { SimResult } from './sim-document.ts';

/** What is played. */
export type SimPlay = {
  /** The scenario and its system. */
  subject: ScenarioWithSystem;
  /** The seed as typed. */
  seed: string;
  /** A choice in place of chance. */
  forced?: ForcedDraw;
  /** Share of the load. */
  loadScale: number;
  /** Who does what. */
  script: readonly ScriptLine[];
  /** When to end it at the latest. */
  untilMicros: number;
};

/** Plays and judges. */
export async function playSim(play: SimPlay): Promise<SimResult> {
  const { subject, seed, forced, loadScale, script, untilMicros } = play;
  const setup = { ...subject, loadScale, telemetry: true };
  const key = seedFromText(seed);
  const quiet: OpenOptions = { ...setup, telemetry: false, seed: key, forced };
  const incident = openIncident({ ...setup, seed: key, forced });
  const lines = await playScript(incident, script, untilMicros);
  const judged = judgeIncident(incident);
  const prehistory = buildPrehistory({ ...setup, telemetry: false }, drawVariant(key));
  const horizon = horizonSeconds(incident);
  const runs = {
    doNothing: runDoNothing({ ...quiet, prehistory }, horizon),
    golden: runGolden({ ...quiet, prehistory }, horizon),
  };
  return { seed, incident, judged, runs, lines };
}
