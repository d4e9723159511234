/**
 * Numbers of this platform's events in the event list (64–127). Part of snapshots: append, never renumber.
 */

/** A controller looks at one object; a = work item. */
export const EVENT_RECONCILE = 64;
/** The kubelet looks at one of its pods; a = pod serial. */
export const EVENT_POD_STEP = 65;
/** A container takes its next step (pull, create, restart …); a = pod serial, b = container number. */
export const EVENT_CONTAINER_STEP = 66;
/** A probe is due; a = pod serial, b = container number × 4 + probe kind. */
export const EVENT_PROBE = 67;
/** Mounted ConfigMaps and Secrets of a pod are brought up to date; a = pod serial. */
export const EVENT_CONFIG_REFRESH = 68;
/** Balancers learn the new addresses of a service; a = propagation number. */
export const EVENT_TARGETS_SPREAD = 69;
/** The network agent of a node applies the policies; a = host. */
export const EVENT_POLICY_AGENT = 70;
/** Objects whose owner is gone are collected. */
export const EVENT_GARBAGE = 71;
/** metrics-server reads all kubelets. */
export const EVENT_METRICS_SAMPLE = 72;
/** The kubelets report their nodes' conditions anew. */
export const EVENT_NODE_REPORT = 73;

/** Told to the incident, never scheduled: an inquiry of somebody else has its answer; a = token. */
export const EVENT_INQUIRY_ANSWERED = 127;
