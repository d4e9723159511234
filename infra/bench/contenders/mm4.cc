// The M/M/4 queue of ../mm4-model.ts in C++: std::priority_queue over plain structs, no allocation in the
// loop. Same generator, same draws in the same order, same tie-break as the TypeScript contenders.
//
// Usage: mm4 SEED CUSTOMERS WARM_UP_CUSTOMERS; prints one line of JSON.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <queue>
#include <vector>

struct Event {
  double atMicros;
  uint64_t number;
  uint8_t kind;
  int32_t a;
};

struct Later {
  bool operator()(const Event& x, const Event& y) const {
    return x.atMicros != y.atMicros ? x.atMicros > y.atMicros : x.number > y.number;
  }
};

struct Xorshift128 {
  uint32_t x, y, z, w;
  explicit Xorshift128(uint32_t seed) : x(123456789u ^ seed), y(362436069u), z(521288629u), w(88675123u) {
    for (int i = 0; i < 32; i++) next();
  }
  uint32_t next() {
    uint32_t t = x ^ (x << 11);
    x = y;
    y = z;
    z = w;
    return w = w ^ (w >> 19) ^ t ^ (t >> 8);
  }
  double exponential() { return -std::log((next() + 0.5) / 4294967296.0); }
};

constexpr double kMeanServiceMicros = 1e6;
constexpr double kMeanGapMicros = kMeanServiceMicros / 3.6;
constexpr int kServers = 4;
constexpr int kSlots = 1 << 16;

static double run(uint32_t seed, long customers) {
  Xorshift128 random(seed);
  std::vector<Event> store;
  store.reserve(256);
  std::priority_queue<Event, std::vector<Event>, Later> events(Later(), std::move(store));
  std::vector<double> arrived(kSlots);
  uint64_t number = 0;
  long arrivals = 0, served = 0, head = 0, tail = 0;
  int busy = 0;
  double sum = 0;
  auto draw = [&](double mean) { return std::floor(random.exponential() * mean + 0.5); };
  events.push({draw(kMeanGapMicros), number++, 0, 0});
  while (served < customers) {
    Event event = events.top();
    events.pop();
    double now = event.atMicros;
    if (event.kind == 0) {
      int32_t slot = arrivals++ & (kSlots - 1);
      arrived[slot] = now;
      events.push({now + draw(kMeanGapMicros), number++, 0, 0});
      tail++;
      if (busy < kServers) {
        busy++;
        head++;
        events.push({now + draw(kMeanServiceMicros), number++, 1, slot});
      }
    } else {
      sum += now - arrived[event.a];
      served++;
      if (head < tail) {
        int32_t slot = head++ & (kSlots - 1);
        events.push({now + draw(kMeanServiceMicros), number++, 1, slot});
      } else {
        busy--;
      }
    }
  }
  return sum / customers / kMeanServiceMicros;
}

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  uint32_t seed = std::strtoul(argv[1], nullptr, 10);
  long customers = std::strtol(argv[2], nullptr, 10);
  run(seed + 1000, std::strtol(argv[3], nullptr, 10));
  clock_t start = clock();
  double mean = run(seed, customers);
  double seconds = double(clock() - start) / CLOCKS_PER_SEC;
  std::printf("{\"events\":%ld,\"cpuSeconds\":%.6f,\"answer\":%.12f}\n", 2 * customers, seconds, mean);
}
