import sys; sys.path.insert(0,'py')
from openapi_client import *
c=ApiClient(Configuration(host=sys.argv[1]))
L=ListenersApi(c); P=ProbesApi(c); C=ChecksApi(c)
bs=[CloseBehaviour(type="close",after="1s"),ResetBehaviour(type="reset"),DiscardBehaviour(type="discard"),EchoBehaviour(type="echo"),HoldBehaviour(type="hold"),
 BannerBehaviour(type="banner",data=BannerBehaviourData("hi")),DialogueBehaviour(type="dialogue",steps=[ListenerStep(expect="^a",close="fin")]),StreamBehaviour(type="stream",bytes=1),StallBehaviour(type="stall"),NeverAcceptBehaviour(type="never_accept"),QueueFullBehaviour(type="queue_full"),HalfEstablishBehaviour(type="half_establish"),RefuseBehaviour(type="refuse"),
 ProxyBehaviour(type="proxy",to="127.0.0.1:1",faults=[Fault(LatencyFault(type="latency",latency="200ms")),Fault(LimitFault(type="limit",bytes=10))])]
for b in bs:
    v=L.put_listener(b.type.replace('_','-'), ListenerRequest(bind="127.0.0.1:0",behaviour=Behaviour(b)))
    print(b.type, v.state, v.behaviour.actual_instance.type)
p=P.put_probe("py",ProbeRequest(target="127.0.0.1:1",interval="60s",settings=Settings(timeout="1s",tls=Tls(trust="insecure"),
 dialogue=[DialogueStep(expect="^a",send=DialogueStepSend("b"))],observe=Observe(var_for="1s"),hold=Hold(var_for="1s",keepalive=Keepalive(idle="5s",interval="2s",count=3)),flood=Flood())))
print(p.name,p.state)
K=CertificatesApi(c)
K.issue_certificate(CertificateRequest(name="py-server",kind="server",hosts=["127.0.0.1"]))
v=L.put_listener("py-tls",ListenerRequest(bind="127.0.0.1:0",behaviour=Behaviour(EchoBehaviour(type="echo")),tls=ListenerTls(certificate="py-server",client_auth="none")))
print(v.name,v.state,v.tls.certificate)
L.delete_listener("py-tls"); K.delete_certificate("py-server"); P.delete_probe("py")
r=C.create_check(CheckRequest(targets=[sys.argv[1][7:]]))
print(r.results[0].outcome, r.results[0].evidence.source)
for b in bs: L.delete_listener(b.type.replace('_','-'))
