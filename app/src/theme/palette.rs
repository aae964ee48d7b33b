//! The colours, once for each theme.

use egui::Color32;

/// The colours of one theme. Text on every surface has a contrast of at least 4.5 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Whether this is the dark one.
    pub is_dark: bool,
    /// Behind everything.
    pub base: Color32,
    /// Panels.
    pub surface: Color32,
    /// Things on panels: lanes, cards, fields.
    pub raised: Color32,
    /// Cards on those.
    pub card: Color32,
    /// The same under the pointer.
    pub hovered: Color32,
    /// Lines between things.
    pub line: Color32,
    /// Lines around things that can be used.
    pub outline: Color32,
    /// Text.
    pub text: Color32,
    /// Text that says less.
    pub dim: Color32,
    /// Text and marks that hardly matter.
    pub faint: Color32,
    /// What can be clicked, and the selection.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// The selection behind text.
    pub selection: Color32,
    /// Errors.
    pub error: Color32,
    /// Behind errors.
    pub error_soft: Color32,
    /// Warnings.
    pub warning: Color32,
    /// What went well.
    pub success: Color32,
    /// Behind the running line.
    pub running: Color32,
    /// Timers: Okabe–Ito orange.
    pub timer: Color32,
    /// I/O: Okabe–Ito blue.
    pub io: Color32,
    /// Immediates: Okabe–Ito bluish green.
    pub immediate: Color32,
    /// Next ticks: Okabe–Ito vermilion.
    pub next_tick: Color32,
    /// Promises and microtasks: Okabe–Ito reddish purple.
    pub promise: Color32,
    /// Close callbacks: Okabe–Ito sky blue.
    pub close: Color32,
    /// Synchronous code.
    pub sync: Color32,
    /// Keywords in code.
    pub code_keyword: Color32,
    /// Strings in code.
    pub code_string: Color32,
    /// Numbers and constants in code.
    pub code_number: Color32,
    /// Comments in code.
    pub code_comment: Color32,
    /// Names of functions in code.
    pub code_function: Color32,
    /// Names of types in code.
    pub code_type: Color32,
    /// Brackets and operators in code.
    pub code_punctuation: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

impl Palette {
    /// The dark theme.
    pub const DARK: Self = Self {
        is_dark: true,
        base: rgb(0x0E_10_14),
        surface: rgb(0x15_18_1E),
        raised: rgb(0x1E_22_2B),
        card: rgb(0x1E_22_2B),
        hovered: rgb(0x28_2E_3A),
        line: rgb(0x26_2B_35),
        outline: rgb(0x3A_42_51),
        text: rgb(0xE4_E8_EF),
        dim: rgb(0xA0_A9_B8),
        faint: rgb(0x5E_68_78),
        accent: rgb(0x6C_A8_FF),
        on_accent: rgb(0x08_12_22),
        selection: rgb(0x26_43_6B),
        error: rgb(0xFF_7B_72),
        error_soft: rgb(0x3A_1D_20),
        warning: rgb(0xE3_B3_41),
        success: rgb(0x56_D3_8A),
        running: rgb(0x2B_2E_1F),
        timer: rgb(0xE6_9F_00),
        io: rgb(0x3B_9B_E3),
        immediate: rgb(0x1F_BF_91),
        next_tick: rgb(0xF0_7A_2B),
        promise: rgb(0xD9_8A_BB),
        close: rgb(0x7C_C4_F0),
        sync: rgb(0x9A_A3_B2),
        code_keyword: rgb(0xC7_92_EA),
        code_string: rgb(0xA5_D6_8C),
        code_number: rgb(0xF2_B2_7A),
        code_comment: rgb(0x75_80_91),
        code_function: rgb(0x82_B4_FF),
        code_type: rgb(0xEB_CB_8B),
        code_punctuation: rgb(0x9F_B0_C6),
    };

    /// The light theme.
    pub const LIGHT: Self = Self {
        is_dark: false,
        base: rgb(0xEC_EE_F2),
        surface: rgb(0xFB_FB_FD),
        raised: rgb(0xF0_F2_F6),
        card: rgb(0xFF_FF_FF),
        hovered: rgb(0xE3_E8_F0),
        line: rgb(0xDC_E0_E7),
        outline: rgb(0xB9_C1_CE),
        text: rgb(0x1B_20_2A),
        dim: rgb(0x50_5A_6A),
        faint: rgb(0x8A_93_A2),
        accent: rgb(0x1B_5F_C4),
        on_accent: rgb(0xFF_FF_FF),
        selection: rgb(0xC9_DE_FB),
        error: rgb(0xBE_24_2E),
        error_soft: rgb(0xFC_E6_E6),
        warning: rgb(0x8A_5D_00),
        success: rgb(0x12_75_43),
        running: rgb(0xFF_F4_D1),
        timer: rgb(0xC0_82_00),
        io: rgb(0x00_72_B2),
        immediate: rgb(0x00_86_63),
        next_tick: rgb(0xC8_54_00),
        promise: rgb(0xB0_5A_8C),
        close: rgb(0x2F_8F_C4),
        sync: rgb(0x6B_74_82),
        code_keyword: rgb(0x84_2F_B0),
        code_string: rgb(0x2B_6E_1F),
        code_number: rgb(0xA3_4B_00),
        code_comment: rgb(0x6A_74_83),
        code_function: rgb(0x1D_57_B0),
        code_type: rgb(0x85_5C_00),
        code_punctuation: rgb(0x4D_5A_6C),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2 defines it.
    fn luminance(color: Color32) -> f64 {
        let channel = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(color.r()) + 0.7152 * channel(color.g()) + 0.0722 * channel(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_every_surface() {
        for palette in [Palette::DARK, Palette::LIGHT] {
            let surfaces = [palette.base, palette.surface, palette.raised];
            let texts =
                [palette.text, palette.dim, palette.error, palette.success, palette.accent, palette.warning];
            for surface in surfaces {
                for text in texts {
                    let found = contrast(text, surface);
                    assert!(found >= 4.5, "{text:?} on {surface:?}: {found:.2}");
                }
            }
            let code = [
                palette.code_keyword,
                palette.code_string,
                palette.code_number,
                palette.code_comment,
                palette.code_function,
                palette.code_type,
                palette.code_punctuation,
            ];
            for text in code {
                let found = contrast(text, palette.surface);
                assert!(found >= 4.0, "{text:?} in code: {found:.2}");
            }
            assert!(contrast(palette.on_accent, palette.accent) >= 4.5);
        }
    }

    #[test]
    fn marks_of_the_kinds_stand_out() {
        for palette in [Palette::DARK, Palette::LIGHT] {
            let marks = [
                palette.timer,
                palette.io,
                palette.immediate,
                palette.next_tick,
                palette.promise,
                palette.close,
                palette.sync,
            ];
            for mark in marks {
                let found = contrast(mark, palette.surface);
                assert!(found >= 3.0, "{mark:?}: {found:.2}");
            }
        }
    }
}
