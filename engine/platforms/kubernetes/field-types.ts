/**
 * The fields of every type the store serves, in a shorthand that `schema.ts` reads.
 *
 * Source  Kubernetes OpenAPI (swagger v2, Apache-2.0): names, types, patch merge keys and list-map keys
 *         are facts taken from it; fields younger than 1.32 and volume plugins nobody simulates are left
 *         out or kept opaque.
 * Reading `name:type`, where type is s string, i int32, l int64, f number, b boolean, t time, u time with
 *         microseconds, q quantity, o int or string, y base64 bytes, j any JSON, `[x]` list, `{x}` map
 *         with string keys, or a type of this table. Then `/key` merge key of a strategic merge patch
 *         (`/` alone: a merged list of primitives), `|a,b` keys of the list where they differ from that,
 *         `!` retainKeys, `=` replaced as a whole. A leading `*` marks a type that apply treats as one value.
 */
export const FIELD_TYPES: { readonly [type: string]: string } = {
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity',
  AttachedVolume: 'devicePath:s name:s',
  Binding: 'apiVersion:s kind:s metadata:ObjectMeta target:ObjectReference',
  CSIPersistentVolumeSource: `
    controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference driver:s fsType:s
    nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference
    nodeStageSecretRef:SecretReference readOnly:b volumeAttributes:{s} volumeHandle:s`,
  CSIVolumeSource: `
    driver:s fsType:s nodePublishSecretRef:LocalObjectReference readOnly:b volumeAttributes:{s}`,
  Capabilities: 'add:[s] drop:[s]',
  ClientIPConfig: 'timeoutSeconds:i',
  ClusterTrustBundleProjection: 'labelSelector:LabelSelector name:s optional:b path:s signerName:s',
  Condition: 'lastTransitionTime:t message:s observedGeneration:l reason:s status:s type:s',
  ConfigMap: 'apiVersion:s binaryData:{y} data:{s} immutable:b kind:s metadata:ObjectMeta',
  ConfigMapEnvSource: 'name:s optional:b',
  ConfigMapKeySelector: '* key:s name:s optional:b',
  ConfigMapProjection: 'items:[KeyToPath] name:s optional:b',
  ConfigMapVolumeSource: 'defaultMode:i items:[KeyToPath] name:s optional:b',
  Container: `
    args:[s] command:[s] env:[EnvVar]/name envFrom:[EnvFromSource] image:s imagePullPolicy:s
    lifecycle:Lifecycle livenessProbe:Probe name:s
    ports:[ContainerPort]/containerPort|containerPort,protocol readinessProbe:Probe
    resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy:s
    securityContext:SecurityContext startupProbe:Probe stdin:b stdinOnce:b terminationMessagePath:s
    terminationMessagePolicy:s tty:b volumeDevices:[VolumeDevice]/devicePath
    volumeMounts:[VolumeMount]/mountPath workingDir:s`,
  ContainerImage: 'names:[s] sizeBytes:l',
  ContainerPort: 'containerPort:i hostIP:s hostPort:i name:s protocol:s',
  ContainerResizePolicy: 'resourceName:s restartPolicy:s',
  ContainerState: `
    running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting`,
  ContainerStateRunning: 'startedAt:t',
  ContainerStateTerminated: 'containerID:s exitCode:i finishedAt:t message:s reason:s signal:i startedAt:t',
  ContainerStateWaiting: 'message:s reason:s',
  ContainerStatus: `
    allocatedResources:{q} allocatedResourcesStatus:[j]/name containerID:s image:s imageID:s
    lastState:ContainerState name:s ready:b resources:ResourceRequirements restartCount:i started:b
    state:ContainerState user:j volumeMounts:[VolumeMountStatus]/mountPath`,
  DaemonSet: 'apiVersion:s kind:s metadata:ObjectMeta spec:DaemonSetSpec status:DaemonSetStatus',
  DaemonSetCondition: 'lastTransitionTime:t message:s reason:s status:s type:s',
  DaemonSetSpec: `
    minReadySeconds:i revisionHistoryLimit:i selector:LabelSelector template:PodTemplateSpec
    updateStrategy:DaemonSetUpdateStrategy`,
  DaemonSetStatus: `
    collisionCount:i conditions:[DaemonSetCondition]/type currentNumberScheduled:i desiredNumberScheduled:i
    numberAvailable:i numberMisscheduled:i numberReady:i numberUnavailable:i observedGeneration:l
    updatedNumberScheduled:i`,
  DaemonSetUpdateStrategy: 'rollingUpdate:RollingUpdateDaemonSet type:s',
  Deployment: 'apiVersion:s kind:s metadata:ObjectMeta spec:DeploymentSpec status:DeploymentStatus',
  DeploymentCondition: 'lastTransitionTime:t lastUpdateTime:t message:s reason:s status:s type:s',
  DeploymentSpec: `
    minReadySeconds:i paused:b progressDeadlineSeconds:i replicas:i revisionHistoryLimit:i
    selector:LabelSelector strategy:DeploymentStrategy! template:PodTemplateSpec`,
  DeploymentStatus: `
    availableReplicas:i collisionCount:i conditions:[DeploymentCondition]/type observedGeneration:l
    readyReplicas:i replicas:i terminatingReplicas:i unavailableReplicas:i updatedReplicas:i`,
  DeploymentStrategy: 'rollingUpdate:RollingUpdateDeployment type:s',
  DownwardAPIProjection: 'items:[DownwardAPIVolumeFile]',
  DownwardAPIVolumeFile: 'fieldRef:ObjectFieldSelector mode:i path:s resourceFieldRef:ResourceFieldSelector',
  DownwardAPIVolumeSource: 'defaultMode:i items:[DownwardAPIVolumeFile]',
  EmptyDirVolumeSource: 'medium:s sizeLimit:q',
  Endpoint: `
    addresses:[s] conditions:EndpointConditions deprecatedTopology:{s} hints:EndpointHints hostname:s
    nodeName:s targetRef:ObjectReference zone:s`,
  EndpointAddress: '* hostname:s ip:s nodeName:s targetRef:ObjectReference',
  EndpointConditions: 'ready:b serving:b terminating:b',
  EndpointHints: 'forNodes:[ForNode] forZones:[ForZone]',
  EndpointPort: '* appProtocol:s name:s port:i protocol:s',
  EndpointSlice: `
    addressType:s apiVersion:s endpoints:[Endpoint] kind:s metadata:ObjectMeta ports:[SliceEndpointPort]`,
  EndpointSubset: 'addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort]',
  Endpoints: 'apiVersion:s kind:s metadata:ObjectMeta subsets:[EndpointSubset]',
  EnvFromSource: 'configMapRef:ConfigMapEnvSource prefix:s secretRef:SecretEnvSource',
  EnvVar: 'name:s value:s valueFrom:EnvVarSource',
  EnvVarSource: `
    configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector resourceFieldRef:ResourceFieldSelector
    secretKeyRef:SecretKeySelector`,
  EphemeralContainer: `
    args:[s] command:[s] env:[EnvVar]/name envFrom:[EnvFromSource] image:s imagePullPolicy:s
    lifecycle:Lifecycle livenessProbe:Probe name:s
    ports:[ContainerPort]/containerPort|containerPort,protocol readinessProbe:Probe
    resizePolicy:[ContainerResizePolicy] resources:ResourceRequirements restartPolicy:s
    securityContext:SecurityContext startupProbe:Probe stdin:b stdinOnce:b targetContainerName:s
    terminationMessagePath:s terminationMessagePolicy:s tty:b volumeDevices:[VolumeDevice]/devicePath
    volumeMounts:[VolumeMount]/mountPath workingDir:s`,
  EphemeralVolumeSource: 'volumeClaimTemplate:PersistentVolumeClaimTemplate',
  Event: `
    action:s apiVersion:s count:i eventTime:u firstTimestamp:t involvedObject:ObjectReference kind:s
    lastTimestamp:t message:s metadata:ObjectMeta reason:s related:ObjectReference reportingComponent:s
    reportingInstance:s series:EventSeries source:EventSource type:s`,
  EventSeries: 'count:i lastObservedTime:u',
  EventSource: 'component:s host:s',
  Eviction: 'apiVersion:s deleteOptions:j kind:s metadata:ObjectMeta',
  ExecAction: 'command:[s]',
  ForNode: 'name:s',
  ForZone: 'name:s',
  GRPCAction: 'port:i service:s',
  HTTPGetAction: 'host:s httpHeaders:[HTTPHeader] path:s port:o scheme:s',
  HTTPHeader: 'name:s value:s',
  HostAlias: 'hostnames:[s] ip:s',
  HostIP: 'ip:s',
  HostPathVolumeSource: 'path:s type:s',
  IPBlock: 'cidr:s except:[s]',
  ImageVolumeSource: 'pullPolicy:s reference:s',
  ImageVolumeStatus: 'imageRef:s',
  KeyToPath: 'key:s mode:i path:s',
  LabelSelector: '* matchExpressions:[LabelSelectorRequirement] matchLabels:{s}',
  LabelSelectorRequirement: 'key:s operator:s values:[s]',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler',
  LifecycleHandler: 'exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction',
  LoadBalancerIngress: 'hostname:s ip:s ipMode:s ports:[PortStatus]',
  LoadBalancerStatus: 'ingress:[LoadBalancerIngress]',
  LocalObjectReference: '* name:s',
  LocalVolumeSource: 'fsType:s path:s',
  ManagedFieldsEntry: 'apiVersion:s fieldsType:s fieldsV1:j manager:s operation:s subresource:s time:t',
  Namespace: 'apiVersion:s kind:s metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus',
  NamespaceCondition: 'lastTransitionTime:t message:s reason:s status:s type:s',
  NamespaceSpec: 'finalizers:[s]',
  NamespaceStatus: 'conditions:[NamespaceCondition]/type phase:s',
  NetworkPolicy: 'apiVersion:s kind:s metadata:ObjectMeta spec:NetworkPolicySpec',
  NetworkPolicyEgressRule: 'ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]',
  NetworkPolicyIngressRule: 'from:[NetworkPolicyPeer] ports:[NetworkPolicyPort]',
  NetworkPolicyPeer: 'ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector',
  NetworkPolicyPort: 'endPort:i port:o protocol:s',
  NetworkPolicySpec: `
    egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector:LabelSelector
    policyTypes:[s]`,
  Node: 'apiVersion:s kind:s metadata:ObjectMeta spec:NodeSpec status:NodeStatus',
  NodeAddress: 'address:s type:s',
  NodeAffinity: `
    preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
    requiredDuringSchedulingIgnoredDuringExecution:NodeSelector`,
  NodeCondition: 'lastHeartbeatTime:t lastTransitionTime:t message:s reason:s status:s type:s',
  NodeSelector: '* nodeSelectorTerms:[NodeSelectorTerm]',
  NodeSelectorRequirement: 'key:s operator:s values:[s]',
  NodeSelectorTerm: '* matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]',
  NodeSpec: 'configSource:j externalID:s podCIDR:s podCIDRs:[s]/ providerID:s taints:[Taint] unschedulable:b',
  NodeStatus: `
    addresses:[NodeAddress]/type allocatable:{q} capacity:{q} conditions:[NodeCondition]/type config:j
    daemonEndpoints:j features:j images:[ContainerImage] nodeInfo:NodeSystemInfo phase:s runtimeHandlers:[j]
    volumesAttached:[AttachedVolume] volumesInUse:[s]`,
  NodeSystemInfo: `
    architecture:s bootID:s containerRuntimeVersion:s kernelVersion:s kubeProxyVersion:s kubeletVersion:s
    machineID:s operatingSystem:s osImage:s swap:j systemUUID:s`,
  ObjectFieldSelector: '* apiVersion:s fieldPath:s',
  ObjectMeta: `
    annotations:{s} creationTimestamp:t deletionGracePeriodSeconds:l deletionTimestamp:t finalizers:[s]/
    generateName:s generation:l labels:{s} managedFields:[ManagedFieldsEntry] name:s namespace:s
    ownerReferences:[OwnerReference]/uid resourceVersion:s selfLink:s uid:s`,
  ObjectReference: '* apiVersion:s fieldPath:s kind:s name:s namespace:s resourceVersion:s uid:s',
  OwnerReference: '* apiVersion:s blockOwnerDeletion:b controller:b kind:s name:s uid:s',
  PersistentVolume: `
    apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeSpec status:PersistentVolumeStatus`,
  PersistentVolumeClaim: `
    apiVersion:s kind:s metadata:ObjectMeta spec:PersistentVolumeClaimSpec
    status:PersistentVolumeClaimStatus`,
  PersistentVolumeClaimCondition: 'lastProbeTime:t lastTransitionTime:t message:s reason:s status:s type:s',
  PersistentVolumeClaimSpec: `
    accessModes:[s] dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference
    resources:VolumeResourceRequirements selector:LabelSelector storageClassName:s
    volumeAttributesClassName:s volumeMode:s volumeName:s`,
  PersistentVolumeClaimStatus: `
    accessModes:[s] allocatedResourceStatuses:{s} allocatedResources:{q} capacity:{q}
    conditions:[PersistentVolumeClaimCondition]/type currentVolumeAttributesClassName:s modifyVolumeStatus:j
    phase:s`,
  PersistentVolumeClaimTemplate: 'metadata:ObjectMeta spec:PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: 'claimName:s readOnly:b',
  PersistentVolumeSpec: `
    accessModes:[s] awsElasticBlockStore:j azureDisk:j azureFile:j capacity:{q} cephfs:j cinder:j
    claimRef:ObjectReference csi:CSIPersistentVolumeSource fc:j flexVolume:j flocker:j gcePersistentDisk:j
    glusterfs:j hostPath:HostPathVolumeSource iscsi:j local:LocalVolumeSource mountOptions:[s] nfs:j
    nodeAffinity:j persistentVolumeReclaimPolicy:s photonPersistentDisk:j portworxVolume:j quobyte:j rbd:j
    scaleIO:j storageClassName:s storageos:j volumeAttributesClassName:s volumeMode:s vsphereVolume:j`,
  PersistentVolumeStatus: 'lastPhaseTransitionTime:t message:s phase:s reason:s',
  Pod: 'apiVersion:s kind:s metadata:ObjectMeta spec:PodSpec status:PodStatus',
  PodAffinity: `
    preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
    requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]`,
  PodAffinityTerm: `
    labelSelector:LabelSelector matchLabelKeys:[s] mismatchLabelKeys:[s] namespaceSelector:LabelSelector
    namespaces:[s] topologyKey:s`,
  PodAntiAffinity: `
    preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
    requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]`,
  PodCondition: `
    lastProbeTime:t lastTransitionTime:t message:s observedGeneration:l reason:s status:s type:s`,
  PodDNSConfig: 'nameservers:[s] options:[PodDNSConfigOption] searches:[s]',
  PodDNSConfigOption: 'name:s value:s',
  PodDisruptionBudget: `
    apiVersion:s kind:s metadata:ObjectMeta spec:PodDisruptionBudgetSpec status:PodDisruptionBudgetStatus`,
  PodDisruptionBudgetSpec: `
    maxUnavailable:o minAvailable:o selector:LabelSelector= unhealthyPodEvictionPolicy:s`,
  PodDisruptionBudgetStatus: `
    conditions:[Condition]/type currentHealthy:i desiredHealthy:i disruptedPods:{t} disruptionsAllowed:i
    expectedPods:i observedGeneration:l`,
  PodIP: 'ip:s',
  PodOS: 'name:s',
  PodReadinessGate: 'conditionType:s',
  PodResourceClaim: 'name:s resourceClaimName:s resourceClaimTemplateName:s',
  PodSchedulingGate: 'name:s',
  PodSecurityContext: `
    appArmorProfile:j fsGroup:l fsGroupChangePolicy:s runAsGroup:l runAsNonRoot:b runAsUser:l
    seLinuxChangePolicy:s seLinuxOptions:j seccompProfile:j supplementalGroups:[l]
    supplementalGroupsPolicy:s sysctls:[Sysctl] windowsOptions:j`,
  PodSpec: `
    activeDeadlineSeconds:l affinity:Affinity automountServiceAccountToken:b containers:[Container]/name
    dnsConfig:PodDNSConfig dnsPolicy:s enableServiceLinks:b ephemeralContainers:[EphemeralContainer]/name
    hostAliases:[HostAlias]/ip hostIPC:b hostNetwork:b hostPID:b hostUsers:b hostname:s
    imagePullSecrets:[LocalObjectReference]/name initContainers:[Container]/name nodeName:s nodeSelector:{s}
    os:PodOS overhead:{q} preemptionPolicy:s priority:i priorityClassName:s
    readinessGates:[PodReadinessGate] resourceClaims:[PodResourceClaim]/name! resources:ResourceRequirements
    restartPolicy:s runtimeClassName:s schedulerName:s schedulingGates:[PodSchedulingGate]/name
    securityContext:PodSecurityContext serviceAccount:s serviceAccountName:s setHostnameAsFQDN:b
    shareProcessNamespace:b subdomain:s terminationGracePeriodSeconds:l tolerations:[Toleration]
    topologySpreadConstraints:[TopologySpreadConstraint]/topologyKey|topologyKey,whenUnsatisfiable
    volumes:[Volume]/name!`,
  PodStatus: `
    conditions:[PodCondition]/type containerStatuses:[ContainerStatus]
    ephemeralContainerStatuses:[ContainerStatus] hostIP:s hostIPs:[HostIP]/ip
    initContainerStatuses:[ContainerStatus] message:s nominatedNodeName:s observedGeneration:l phase:s
    podIP:s podIPs:[PodIP]/ip qosClass:s reason:s resize:s resourceClaimStatuses:[j]/name! startTime:t`,
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  PortStatus: 'error:s port:i protocol:s',
  PreferredSchedulingTerm: 'preference:NodeSelectorTerm weight:i',
  Probe: `
    exec:ExecAction failureThreshold:i grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds:i
    periodSeconds:i successThreshold:i tcpSocket:TCPSocketAction terminationGracePeriodSeconds:l
    timeoutSeconds:i`,
  ProjectedVolumeSource: 'defaultMode:i sources:[VolumeProjection]',
  ReplicaSet: 'apiVersion:s kind:s metadata:ObjectMeta spec:ReplicaSetSpec status:ReplicaSetStatus',
  ReplicaSetCondition: 'lastTransitionTime:t message:s reason:s status:s type:s',
  ReplicaSetSpec: 'minReadySeconds:i replicas:i selector:LabelSelector template:PodTemplateSpec',
  ReplicaSetStatus: `
    availableReplicas:i conditions:[ReplicaSetCondition]/type fullyLabeledReplicas:i observedGeneration:l
    readyReplicas:i replicas:i terminatingReplicas:i`,
  ResourceClaim: 'name:s request:s',
  ResourceFieldSelector: '* containerName:s divisor:q resource:s',
  ResourceRequirements: 'claims:[ResourceClaim]|name limits:{q} requests:{q}',
  RollingUpdateDaemonSet: 'maxSurge:o maxUnavailable:o',
  RollingUpdateDeployment: 'maxSurge:o maxUnavailable:o',
  RollingUpdateStatefulSetStrategy: 'maxUnavailable:o partition:i',
  Scale: 'apiVersion:s kind:s metadata:ObjectMeta spec:ScaleSpec status:ScaleStatus',
  ScaleSpec: 'replicas:i',
  ScaleStatus: 'replicas:i selector:s',
  Secret: 'apiVersion:s data:{y} immutable:b kind:s metadata:ObjectMeta stringData:{s} type:s',
  SecretEnvSource: 'name:s optional:b',
  SecretKeySelector: '* key:s name:s optional:b',
  SecretProjection: 'items:[KeyToPath] name:s optional:b',
  SecretReference: '* name:s namespace:s',
  SecretVolumeSource: 'defaultMode:i items:[KeyToPath] optional:b secretName:s',
  SecurityContext: `
    allowPrivilegeEscalation:b appArmorProfile:j capabilities:Capabilities privileged:b procMount:s
    readOnlyRootFilesystem:b runAsGroup:l runAsNonRoot:b runAsUser:l seLinuxOptions:j seccompProfile:j
    windowsOptions:j`,
  Service: 'apiVersion:s kind:s metadata:ObjectMeta spec:ServiceSpec status:ServiceStatus',
  ServiceAccount: `
    apiVersion:s automountServiceAccountToken:b imagePullSecrets:[LocalObjectReference] kind:s
    metadata:ObjectMeta secrets:[ObjectReference]/name`,
  ServiceAccountTokenProjection: 'audience:s expirationSeconds:l path:s',
  ServicePort: 'appProtocol:s name:s nodePort:i port:i protocol:s targetPort:o',
  ServiceSpec: `
    allocateLoadBalancerNodePorts:b clusterIP:s clusterIPs:[s] externalIPs:[s] externalName:s
    externalTrafficPolicy:s healthCheckNodePort:i internalTrafficPolicy:s ipFamilies:[s] ipFamilyPolicy:s
    loadBalancerClass:s loadBalancerIP:s loadBalancerSourceRanges:[s] ports:[ServicePort]/port|port,protocol
    publishNotReadyAddresses:b selector:{s} sessionAffinity:s sessionAffinityConfig:SessionAffinityConfig
    trafficDistribution:s type:s`,
  ServiceStatus: 'conditions:[Condition]/type loadBalancer:LoadBalancerStatus',
  SessionAffinityConfig: 'clientIP:ClientIPConfig',
  SleepAction: 'seconds:l',
  SliceEndpointPort: '* appProtocol:s name:s port:i protocol:s',
  StatefulSet: 'apiVersion:s kind:s metadata:ObjectMeta spec:StatefulSetSpec status:StatefulSetStatus',
  StatefulSetCondition: 'lastTransitionTime:t message:s reason:s status:s type:s',
  StatefulSetOrdinals: 'start:i',
  StatefulSetPersistentVolumeClaimRetentionPolicy: 'whenDeleted:s whenScaled:s',
  StatefulSetSpec: `
    minReadySeconds:i ordinals:StatefulSetOrdinals
    persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy
    podManagementPolicy:s replicas:i revisionHistoryLimit:i selector:LabelSelector serviceName:s
    template:PodTemplateSpec updateStrategy:StatefulSetUpdateStrategy
    volumeClaimTemplates:[PersistentVolumeClaim]`,
  StatefulSetStatus: `
    availableReplicas:i collisionCount:i conditions:[StatefulSetCondition]/type currentReplicas:i
    currentRevision:s observedGeneration:l readyReplicas:i replicas:i updateRevision:s updatedReplicas:i`,
  StatefulSetUpdateStrategy: 'rollingUpdate:RollingUpdateStatefulSetStrategy type:s',
  StorageClass: `
    allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm] apiVersion:s kind:s metadata:ObjectMeta
    mountOptions:[s] parameters:{s} provisioner:s reclaimPolicy:s volumeBindingMode:s`,
  Sysctl: 'name:s value:s',
  TCPSocketAction: 'host:s port:o',
  Taint: 'effect:s key:s timeAdded:t value:s',
  Toleration: 'effect:s key:s operator:s tolerationSeconds:l value:s',
  TopologySelectorLabelRequirement: 'key:s values:[s]',
  TopologySelectorTerm: '* matchLabelExpressions:[TopologySelectorLabelRequirement]',
  TopologySpreadConstraint: `
    labelSelector:LabelSelector matchLabelKeys:[s] maxSkew:i minDomains:i nodeAffinityPolicy:s
    nodeTaintsPolicy:s topologyKey:s whenUnsatisfiable:s`,
  TypedLocalObjectReference: '* apiGroup:s kind:s name:s',
  TypedObjectReference: 'apiGroup:s kind:s name:s namespace:s',
  Volume: `
    awsElasticBlockStore:j azureDisk:j azureFile:j cephfs:j cinder:j configMap:ConfigMapVolumeSource
    csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource
    ephemeral:EphemeralVolumeSource fc:j flexVolume:j flocker:j gcePersistentDisk:j gitRepo:j glusterfs:j
    hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:j name:s nfs:j
    persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:j portworxVolume:j
    projected:ProjectedVolumeSource quobyte:j rbd:j scaleIO:j secret:SecretVolumeSource storageos:j
    vsphereVolume:j`,
  VolumeDevice: 'devicePath:s name:s',
  VolumeMount: 'mountPath:s mountPropagation:s name:s readOnly:b recursiveReadOnly:s subPath:s subPathExpr:s',
  VolumeMountStatus: 'mountPath:s name:s readOnly:b recursiveReadOnly:s volumeStatus:VolumeStatus',
  VolumeProjection: `
    clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection
    downwardAPI:DownwardAPIProjection secret:SecretProjection
    serviceAccountToken:ServiceAccountTokenProjection`,
  VolumeResourceRequirements: 'limits:{q} requests:{q}',
  VolumeStatus: 'image:ImageVolumeStatus',
  WeightedPodAffinityTerm: 'podAffinityTerm:PodAffinityTerm weight:i',
};
