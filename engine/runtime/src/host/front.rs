//! For hosts in front of another one: what they hand on as it is.

/// Methods of [`Host`](super::Host) that ask the field `inner`.
macro_rules! hand_on {
    () => {
        fn now(&self) -> u64 {
            self.inner.now()
        }

        fn clock(&self) -> Option<std::rc::Rc<$crate::host::Clock>> {
            self.inner.clock()
        }

        fn wall_clock(&self) -> u64 {
            self.inner.wall_clock()
        }

        fn random(&mut self, out: &mut [u8]) -> Result<(), HostError> {
            self.inner.random(out)
        }

        fn may_wait(&self, request: &$crate::host::Request) -> bool {
            self.inner.may_wait(request)
        }

        fn has_results(&self) -> bool {
            self.inner.has_results()
        }

        fn take_results(&mut self, events: &mut Vec<HostEvent>) {
            self.inner.take_results(events);
        }

        fn waker(&self) -> $crate::host::Waker {
            self.inner.waker()
        }

        fn databases(&self) -> std::rc::Rc<dyn $crate::host::databases::Databases> {
            self.inner.databases()
        }

        fn breaker(&self) -> $crate::host::Breaker {
            self.inner.breaker()
        }

        fn reporter(&self) -> $crate::host::Reporter {
            self.inner.reporter()
        }

        fn open_inspector(
            &mut self,
            at: $crate::inspect::door::Address,
            script: Option<&str>,
            link: $crate::inspect::Link,
            reach: $crate::inspect::Reach,
        ) -> std::io::Result<$crate::inspect::door::Door> {
            self.inner.open_inspector(at, script, link, reach)
        }

        fn await_children(
            &mut self,
            processes: &std::sync::Arc<$crate::inspect::Processes>,
        ) -> std::io::Result<$crate::inspect::processes::Gate> {
            self.inner.await_children(processes)
        }

        fn observe_slots(&mut self, on: bool) {
            self.inner.observe_slots(on);
        }
    };
}

pub(crate) use hand_on;
