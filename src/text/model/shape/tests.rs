use super::*;

#[test]
fn each_class_of_letters_has_its_shape() {
    let classes: [(&[&str], usize); 10] = [
        (&["house", "ça", "e-mail", "b2b"], 1),
        (&["A", "Ж"], 2),
        (&["NATO", "U.S.", "B2B"], 3),
        (&["Paris", "Ærø", "O'neil", "R2d2"], 4),
        (&["1984", "٣", "²"], 5),
        (&["3,141", "20%"], 6),
        (&["McKay", "YouTube"], 7),
        (&["iPhone", "eBay"], 8),
        (&["...", "—", "", "🙂"], 9),
        (&["東京", "½"], 10),
    ];
    for (words, shape) in classes {
        for word in words {
            assert_eq!(word_shape(word), shape, "{word}");
        }
    }
}
