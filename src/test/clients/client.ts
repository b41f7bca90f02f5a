import type { components } from "./api";
type S = components["schemas"];
const check: S["CheckRequest"] = { targets: ["a:1"] };
const settings: S["Settings"] = { timeout: "1s" };
const behaviours: S["Behaviour"][] = [
 {type:"close",after:"1s"},{type:"reset"},{type:"discard"},{type:"echo",delay:"1s"},{type:"hold"},{type:"banner",data:"hi",thenClose:true},
 {type:"dialogue",steps:[{expect:"^a",send:"b",close:"fin"}]},{type:"stream",bytes:1,chunk:2,every:"1s"},{type:"stall"},{type:"never_accept"},{type:"queue_full"},{type:"half_establish"},{type:"refuse"},
 {type:"proxy",to:"db.example:5432",onUpstreamFailure:"reset",faults:[{type:"latency",latency:"200ms"},{type:"bandwidth",bytesPerSecond:1000},{type:"slicer",averageBytes:10},
  {type:"slow_close",delay:"1s"},{type:"blackhole",after:"1s"},{type:"reset",after:"1s"},{type:"limit",bytes:10},{type:"stall",direction:"to_upstream"}]}];
const listener: S["ListenerRequest"] = { bind:"127.0.0.1:0", behaviour: {type:"echo"}, tls:{certificate:"server-a"} };
const probe: S["ProbeRequest"] = { target:"a:1", interval:"10s", settings:{tls:{trust:"authority"},dialogue:[{send:"x"}],observe:{for:"1s"},hold:{for:"1s"},flood:{}} };
export function read(r: S["Result"], p: S["Probe"], l: S["Listener"]): string { return r.id.length + r.outcome + r.phases[0]!.tookMicros.toFixed() + p.name + p.state + l.bind + l.connections.active.toFixed(); }
// @ts-expect-error echo has no steps
const nonsense: S["Behaviour"] = {type:"echo", steps:[]};
// @ts-expect-error a proxy has a target
const aimless: S["Behaviour"] = {type:"proxy"};
// @ts-expect-error a limit has bytes
const boundless: S["Fault"] = {type:"limit"};
