/**
 * What a fault is: a hidden cause. A definition says what it does to the cluster and how it shows, is
 * relieved and cured; its `start` makes the cause happen once and then has no further part.
 *
 * Why  A fault acts only through the API entrance and the functions of the cluster, like a pipeline, a
 *      person or broken hardware would. It never paints a symptom and keeps no state.
 */
import type { Json } from '../platforms/kubernetes/api-types.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import type { MechanismId } from '../protocol/mechanisms.ts';

/** A parameter of a fault. */
export type ParameterSpec = {
  /** Name in `params`. */
  name: string;
  /** Kind of value; `one of` lists the words allowed. */
  type: 'text' | 'share' | 'quantity' | 'port' | { oneOf: string[] } | 'json';
  /** What it means, with its unit and range. */
  meaning: string;
  /** Whether it may be left out. */
  optional?: boolean;
};

/** How one provider brings the same fault about, in words that its code implements. */
export type ProviderPlan = {
  /** On the simulated cluster. */
  simulated: string;
  /** On Docker; null when it cannot. */
  docker: string | null;
  /** On a real Kubernetes cluster; null when it cannot. */
  kubernetes: string | null;
};

/** A fault of the catalogue. */
export type FaultDefinition = {
  /** Id, also the name of its folder. */
  id: string;
  /** Title. */
  title: string;
  /** What happens, in one or two sentences. */
  summary: string;
  /** The mechanisms that a diagnosis may name for it. */
  mechanisms: MechanismId[];
  /** What it strikes. */
  target: 'node' | 'workload' | 'policy' | 'volume';
  /** What must be said to start it. */
  parameters: ParameterSpec[];
  /** What sets it off, once. */
  trigger: string;
  /** What keeps it going after the trigger has passed. */
  sustainedBy: string;
  /** Golden signals that come to show it. */
  raises: ('latency' | 'traffic' | 'errors' | 'saturation')[];
  /** What buys time. */
  relievedBy: string[];
  /** What removes the cause. */
  curedBy: string[];
  /** How each provider does it. */
  providers: ProviderPlan;
  /** Makes the cause happen, now. */
  start: (world: World, params: FaultParams) => void;
};

/** Parameters as an author writes them: JSON, checked by the SDK against `parameters`. */
export type FaultParams = { [name: string]: Json };
