//! The typefaces, embedded in the program: Inter for words, JetBrains Mono for code, Material Symbols for icons, Noto Emoji for
//! what scripts write.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

/// The family of words that are to stand out.
pub const STRONG: &str = "strong";

const FACES: [(&str, &[u8]); 4] = [
    ("inter", include_bytes!("../../../assets/fonts/Inter-Regular.otf")),
    ("inter-semibold", include_bytes!("../../../assets/fonts/Inter-SemiBold.otf")),
    ("jetbrains-mono", include_bytes!("../../../assets/fonts/JetBrainsMono-Regular.ttf")),
    ("noto-emoji", include_bytes!("../../../assets/fonts/NotoEmoji-Regular.ttf")),
];

/// Makes the typefaces known to `context`.
pub fn install(context: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in FACES {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // Each face stands in for what the others lack.
    let families = [
        (FontFamily::Proportional, ["inter", "jetbrains-mono", "noto-emoji"]),
        (FontFamily::Monospace, ["jetbrains-mono", "inter", "noto-emoji"]),
        (FontFamily::Name(STRONG.into()), ["inter-semibold", "jetbrains-mono", "noto-emoji"]),
    ];
    for (family, names) in families {
        fonts.families.insert(family, names.map(str::to_owned).to_vec());
    }
    context.set_fonts(fonts);
    egui_material_icons::initialize(context);
}

#[cfg(test)]
mod tests {
    use egui::FontId;

    use super::*;

    /// The chat of the gallery writes one; a box was shown.
    #[test]
    fn what_scripts_write_with_emoji_can_be_read() {
        let context = Context::default();
        install(&context);
        let mut output = context.run_ui(egui::RawInput::default(), |ui| {
            for family in [FontFamily::Monospace, FontFamily::Proportional, FontFamily::Name(STRONG.into())] {
                let font = FontId::new(13.0, family);
                ui.fonts_mut(|fonts| {
                    for character in "aé→🎉🚀✅❌".chars() {
                        assert!(fonts.has_glyph(&font, character), "{character} in {font:?}");
                    }
                });
            }
        });
        output.textures_delta.clear();
    }
}
