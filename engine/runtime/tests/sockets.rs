//! What watched runs report of sockets.

mod watched;

use std::collections::HashMap;

use loopscope_protocol::{EventKind, HandleId, Phase, Queue, TaskId, TaskKind};
use watched::run;

const ECHO: &str = "
    const net = require('net');
    const server = net.createServer((socket) => socket.pipe(socket));
    server.listen(0, '127.0.0.1', () => {
      const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write('twelve bytes'));
      socket.on('data', (data) => { process.stdout.write(String(data)); socket.end(); });
      socket.on('close', () => server.close());
    });";

#[test]
fn connections_are_handles_with_their_addresses_and_bytes() {
    let watched = run(ECHO);
    assert_eq!(watched.output(), "twelve bytes");
    let mut names: HashMap<HandleId, (String, String)> = HashMap::new();
    let mut moved: HashMap<HandleId, (u64, u64)> = HashMap::new();
    let mut closed = 0;
    watched.pick(|kind| {
        match *kind {
            EventKind::HandleOpened { handle, name, target } => {
                let text = |id| watched.state.names.text(id).to_owned();
                names.insert(handle, (text(name), text(target)));
            }
            EventKind::HandleProgress { handle, read, written } => {
                moved.insert(handle, (read, written));
            }
            EventKind::HandleClosed { .. } => closed += 1,
            _ => {}
        }
        None::<()>
    });
    let servers = names.values().filter(|entry| entry.0 == "net.server").count();
    let sockets: Vec<_> = names.iter().filter(|entry| entry.1.0 == "net.socket").collect();
    assert_eq!((servers, sockets.len(), closed), (1, 2, 3));
    for (handle, (_, target)) in sockets {
        assert!(target.starts_with("127.0.0.1:") && target.contains(" ↔ 127.0.0.1:"), "{target}");
        assert_eq!(moved.get(handle), Some(&(12, 12)));
    }
    assert!(watched.state.io.handles.is_empty());
}

#[test]
fn close_callbacks_are_tasks_of_their_phase() {
    let watched = run(ECHO);
    let mut close: Vec<TaskId> = Vec::new();
    let mut phase = None;
    let (mut ready, mut started) = (0, 0);
    watched.pick(|kind| {
        match *kind {
            EventKind::TaskCreated { task, kind: TaskKind::Close, .. } => close.push(task),
            EventKind::TaskReady { task, queue } if close.contains(&task) => {
                assert_eq!(queue, Queue::Closing);
                ready += 1;
            }
            EventKind::PhaseEntered { phase: entered, .. } => phase = Some(entered),
            EventKind::TaskStarted { task } if close.contains(&task) => {
                assert_eq!(phase, Some(Phase::Closing));
                started += 1;
            }
            _ => {}
        }
        None::<()>
    });
    // Two sockets and the server.
    assert_eq!((close.len(), ready, started), (3, 3, 3));
}

const EXCHANGE: &str = "
    const http = require('http');
    const server = http.createServer((request, response) => {
      response.statusCode = request.url === '/gone' ? 404 : 200;
      response.end('text');
    });
    server.listen(0, '127.0.0.1', () => {
      const options = { port: server.address().port, host: '127.0.0.1', path: '/gone', agent: false, method: 'DELETE' };
      http.request(options, (response) => response.resume().on('close', () => server.close())).end();
    });";

#[test]
fn requests_are_handles_with_method_path_and_status() {
    let watched = run(EXCHANGE);
    let mut requests: Vec<(HandleId, String, Vec<String>)> = Vec::new();
    let text = |id| watched.state.names.text(id).to_owned();
    watched.pick(|kind| {
        match *kind {
            EventKind::HandleOpened { handle, name, target } if text(name).starts_with("http.") => {
                requests.push((handle, text(name), vec![text(target)]));
            }
            EventKind::HandleTarget { handle, target } => {
                let request = requests.iter_mut().find(|request| request.0 == handle);
                request.expect("it was opened").2.push(text(target));
            }
            _ => {}
        }
        None::<()>
    });
    requests.sort_by(|one, other| one.1.cmp(&other.1));
    let [client, server] = &requests[..] else { panic!("{requests:?}") };
    assert_eq!((client.1.as_str(), server.1.as_str()), ("http.request", "http.server"));
    assert!(client.2[0].starts_with("DELETE 127.0.0.1:") && client.2[0].ends_with("/gone"), "{client:?}");
    assert_eq!(client.2[1], format!("{} → 404", client.2[0]));
    assert_eq!(server.2, ["DELETE /gone", "DELETE /gone → 404"]);
    assert!(watched.state.io.handles.is_empty());
}
