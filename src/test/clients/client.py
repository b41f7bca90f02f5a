import sys; sys.path.insert(0,'py')
from openapi_client import *
c=ApiClient(Configuration(host=sys.argv[1]))
L=ListenersApi(c); P=ProbesApi(c); C=ChecksApi(c)
bs=[CloseBehaviour(type="close",after="1s"),ResetBehaviour(type="reset"),DiscardBehaviour(type="discard"),EchoBehaviour(type="echo"),HoldBehaviour(type="hold"),
 BannerBehaviour(type="banner",data=BannerBehaviourData("hi")),DialogueBehaviour(type="dialogue",steps=[ListenerStep(expect="^a",close="fin")]),StreamBehaviour(type="stream",bytes=1),StallBehaviour(type="stall"),NeverAcceptBehaviour(type="never_accept"),QueueFullBehaviour(type="queue_full"),HalfEstablishBehaviour(type="half_establish")]
for b in bs:
    v=L.put_listener(b.type.replace('_','-'), ListenerRequest(bind="127.0.0.1:0",behaviour=Behaviour(b)))
    print(b.type, v.state, v.behaviour.actual_instance.type)
p=P.put_probe("py",ProbeRequest(target="127.0.0.1:1",interval="60s",settings=Settings(timeout="1s",tls=Tls(trust="insecure"),flood=None)))
print(p.name,p.state)
r=C.create_check(CheckRequest(targets=[sys.argv[1][7:]]))
print(r.results[0].outcome, r.results[0].evidence.source)
for b in bs: L.delete_listener(b.type.replace('_','-'))
