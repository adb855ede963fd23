# The same queues in SimPy: customers and seconds, one line of JSON per model.
import json, random, sys, time
import simpy

def queue(servers, rate, customers):
    env = simpy.Environment()
    desk = simpy.Resource(env, capacity=servers)
    draw = random.Random(1)
    def case():
        with desk.request() as asked:
            yield asked
            yield env.timeout(draw.expovariate(1))
    def arrivals():
        for _ in range(customers):
            yield env.timeout(draw.expovariate(rate))
            env.process(case())
    env.process(arrivals())
    started = time.perf_counter()
    env.run()
    return time.perf_counter() - started

customers = int(sys.argv[1])
for name, servers, rate in [("M/M/1 at 0.8", 1, 0.8), ("M/M/3 at 0.85", 3, 2.55)]:
    print(json.dumps({"name": name, "customers": customers, "seconds": queue(servers, rate, customers), "version": simpy.__version__}))
