//! The prompt through a pseudo-terminal.

use std::time::Duration;

use rexpect::session::{PtySession, spawn_command};

use super::Scene;

/// How long the prompt may take for anything a test asks, in milliseconds.
const PATIENCE_MS: u64 = 60_000;

/// Keys that terminals send.
const CONTROL_C: u8 = 0x03;
const CONTROL_D: u8 = 0x04;
const ALT_ENTER: &str = "\u{1b}\r";
const UP: &str = "\u{1b}[A";

struct Prompt {
    session: PtySession,
}

impl Prompt {
    fn open(scene: &Scene) -> Self {
        let mut command = scene.command();
        command
            .env("TERM", "xterm")
            .env("PAGER", "cat")
            .args(["test.facts"]);
        let mut prompt = Self {
            session: spawn_command(command, Some(PATIENCE_MS)).unwrap(),
        };
        prompt.expect("Ctrl-D to leave");
        // The first prompt: the editor is ready for keys.
        prompt.expect("> ");
        prompt
    }

    fn type_keys(&mut self, keys: &str) {
        self.session.send(keys).unwrap();
        self.session.flush().unwrap();
    }

    fn enter(&mut self, line: &str) {
        self.type_keys(line);
        self.type_keys("\r");
    }

    fn expect(&mut self, text: &str) -> String {
        match self.session.exp_string(text) {
            Ok(before) => before,
            Err(error) => panic!("waiting for {text:?}: {error}"),
        }
    }

    fn leave(mut self) {
        self.type_keys(std::str::from_utf8(&[CONTROL_D]).unwrap());
        self.session.exp_eof().unwrap();
    }
}

#[test]
fn a_question_is_answered_and_its_row_explained() {
    let scene = Scene::new();
    scene.ask("assert Ada meet Charles [document = \"letters.txt\"]");
    let mut prompt = Prompt::open(&scene);
    prompt.enter("?who meet ?whom");
    prompt.expect("Charles");
    prompt.expect("(1 row)");
    prompt.enter(".why 1");
    prompt.expect("Ada meet Charles");
    prompt.expect("letters.txt");
    prompt.leave();
}

#[test]
fn an_unfinished_question_goes_on_in_the_next_line() {
    let scene = Scene::new();
    scene.ask("assert Ada meet Charles; assert Ada live_in London");
    let mut prompt = Prompt::open(&scene);
    prompt.enter("?who meet ?whom,");
    prompt.enter("?who live_in ?where");
    prompt.expect("London");
    prompt.expect("(1 row)");
    // Alt-Enter begins a new line where Enter would run.
    prompt.type_keys("?who meet ?whom");
    prompt.type_keys(ALT_ENTER);
    prompt.enter("limit 1");
    prompt.expect("(1 row)");
    prompt.leave();
}

#[test]
fn entries_come_back_from_the_history_of_an_earlier_session() {
    let scene = Scene::new();
    scene.ask("assert Ada meet Charles");
    let mut prompt = Prompt::open(&scene);
    prompt.enter("Ada meet ?somebody");
    prompt.expect("(1 row)");
    prompt.leave();
    let mut prompt = Prompt::open(&scene);
    prompt.type_keys(UP);
    prompt.expect("Ada meet ?somebody");
    prompt.type_keys("\r");
    prompt.expect("(1 row)");
    prompt.leave();
}

#[test]
fn a_tab_completes_predicates_and_commands() {
    let scene = Scene::new();
    scene.ask("assert Ada correspond_with Charles [document = \"letters.txt\"]");
    let mut prompt = Prompt::open(&scene);
    prompt.type_keys("Ada corresp\t");
    std::thread::sleep(Duration::from_millis(300));
    prompt.enter(" ?whom");
    prompt.expect("Charles");
    prompt.expect("(1 row)");
    prompt.type_keys(".docum\t\r");
    prompt.expect("letters.txt");
    prompt.leave();
}

#[test]
fn control_c_cancels_a_long_question_and_never_leaves() {
    let scene = Scene::new();
    let facts: Vec<String> = (0..300).map(|i| format!("assert n{i} is m{i}")).collect();
    scene.write("many.facts", &facts.join("\n"));
    assert!(
        scene
            .run(["test.facts", "-f", "many.facts"])
            .status
            .success()
    );
    let mut prompt = Prompt::open(&scene);
    prompt.enter(
        "find count() as ?c where ?a is ?b, ?c1 is ?d, ?e is ?f, ?g is ?h, ?i is ?j, ?k is ?l, \
         concat(?a, ?d, ?f, ?h, ?j, ?l) = \"never\"",
    );
    std::thread::sleep(Duration::from_secs(2));
    prompt.type_keys(std::str::from_utf8(&[CONTROL_C]).unwrap());
    prompt.expect("cancelled");
    // At the prompt it empties the line.
    prompt.type_keys("half a ques");
    prompt.expect("half a ques");
    prompt.type_keys(std::str::from_utf8(&[CONTROL_C]).unwrap());
    prompt.expect("> ");
    prompt.enter("n1 is ?what");
    prompt.expect("(1 row)");
    prompt.leave();
}

#[test]
fn a_mistake_does_not_end_the_session() {
    let scene = Scene::new();
    let mut prompt = Prompt::open(&scene);
    prompt.expect("");
    prompt.enter("?who meet ?whom");
    prompt.expect("there is no store");
    prompt.enter("assert Ada meet Charles");
    prompt.expect("1 fact added");
    prompt.enter("find ?x where ) meet");
    prompt.expect("error");
    prompt.enter("?who meet ?whom");
    prompt.expect("(1 row)");
    prompt.enter(".quit");
    prompt.session.exp_eof().unwrap();
}
