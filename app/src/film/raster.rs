//! Paints what egui has drawn into pixels in memory: no window, no graphics card.

use std::collections::HashMap;

use egui::epaint::textures::TexturesDelta;
use egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Pos2, Rect, TextureId};

/// An image that egui's shapes are painted into. One point is one pixel.
pub struct Raster {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    textures: HashMap<TextureId, ColorImage>,
}

/// The pixels that may be painted.
#[derive(Clone, Copy)]
struct Clip {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

/// `(from, to)` of the pixels whose centres lie in a stretch.
fn centres(from: f32, to: f32, least: usize, most: usize) -> (usize, usize) {
    let number = |at: f32| (at - 0.5).ceil().max(0.0) as usize;
    (number(from).clamp(least, most), number(to).clamp(least, most))
}

/// `a` of 255 parts of `b`, rounded.
fn part(a: u8, b: u8) -> u8 {
    let product = u32::from(a) * u32::from(b) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// Two colours multiplied, as textures are with the colours of corners.
fn tinted(texel: Color32, tint: Color32) -> Color32 {
    if tint == Color32::WHITE {
        return texel;
    }
    let ([r, g, b, a], [tr, tg, tb, ta]) = (texel.to_array(), tint.to_array());
    Color32::from_rgba_premultiplied(part(r, tr), part(g, tg), part(b, tb), part(a, ta))
}

impl Raster {
    /// An image of so many pixels.
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            width,
            height,
            pixels: vec![Color32::TRANSPARENT; width * height],
            textures: HashMap::default(),
        }
    }

    /// The pixels, row by row.
    pub fn pixels(&self) -> &[Color32] {
        &self.pixels
    }

    /// Takes over new and changed textures.
    pub fn take_textures(&mut self, mut delta: TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = change.image;
                match change.pos {
                    None => {
                        self.textures.insert(id, (*image).clone());
                    }
                    Some([x, y]) => {
                        if let Some(known) = self.textures.get_mut(&id) {
                            patch(known, &image, x, y);
                        }
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    /// Paints everything anew.
    pub fn paint(&mut self, primitives: &[ClippedPrimitive], background: Color32) {
        self.pixels.fill(background);
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(clip) = self.clip(*clip_rect) else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            paint_mesh(&mut self.pixels, self.width, clip, mesh, texture);
        }
    }

    fn clip(&self, rect: Rect) -> Option<Clip> {
        let edge = |at: f32, most: usize| (at.round().max(0.0) as usize).min(most);
        let clip = Clip {
            left: edge(rect.min.x, self.width),
            top: edge(rect.min.y, self.height),
            right: edge(rect.max.x, self.width),
            bottom: edge(rect.max.y, self.height),
        };
        (clip.left < clip.right && clip.top < clip.bottom).then_some(clip)
    }
}

/// Puts `part` into `whole`, its left upper corner at a place.
fn patch(whole: &mut ColorImage, part: &ColorImage, x: usize, y: usize) {
    let (stride, width) = (whole.size[0], part.size[0]);
    for (row, line) in part.pixels.chunks_exact(width.max(1)).enumerate() {
        let from = (y + row) * stride + x;
        if let Some(place) = whole.pixels.get_mut(from..from + width) {
            place.copy_from_slice(line);
        }
    }
}

fn paint_mesh(pixels: &mut [Color32], width: usize, clip: Clip, mesh: &Mesh, texture: &ColorImage) {
    let corner = |index: u32| mesh.vertices.get(index as usize);
    let mut left = mesh.indices.chunks_exact(3).peekable();
    while let Some(three) = left.next() {
        let (Some(a), Some(b), Some(c)) = (corner(three[0]), corner(three[1]), corner(three[2])) else {
            continue;
        };
        // Most of what is drawn are rectangles in one colour, two triangles each.
        if let Some(next) = left.peek()
            && let Some(rect) = plain_rect([a, b, c], next.iter().filter_map(|index| corner(*index)))
        {
            left.next();
            fill(pixels, width, clip, rect, tinted(texel(texture, a.uv), a.color));
            continue;
        }
        paint_triangle(pixels, width, clip, [a, b, c], texture);
    }
}

/// The rectangle that two triangles make, when both are of one colour and one point of the texture.
fn plain_rect<'a>(first: [&Vertex; 3], second: impl Iterator<Item = &'a Vertex>) -> Option<Rect> {
    let one = first[0];
    let rect = Rect::from_points(&first.map(|vertex| vertex.pos));
    let at_corner = |vertex: &Vertex| {
        (vertex.pos.x == rect.min.x || vertex.pos.x == rect.max.x)
            && (vertex.pos.y == rect.min.y || vertex.pos.y == rect.max.y)
            && vertex.color == one.color
            && vertex.uv == one.uv
    };
    let mut seen = 0_u8;
    let mut take = |vertex: &Vertex| {
        let corner = u8::from(vertex.pos.x == rect.max.x) | (u8::from(vertex.pos.y == rect.max.y) << 1);
        seen |= 1 << corner;
        at_corner(vertex)
    };
    let fits = first.into_iter().all(&mut take) && { second }.all(&mut take);
    (fits && seen == 0b1111).then_some(rect)
}

fn fill(pixels: &mut [Color32], width: usize, clip: Clip, rect: Rect, color: Color32) {
    let (x0, x1) = centres(rect.min.x, rect.max.x, clip.left, clip.right);
    let (y0, y1) = centres(rect.min.y, rect.max.y, clip.top, clip.bottom);
    for y in y0..y1 {
        blend(&mut pixels[y * width + x0..y * width + x1], color);
    }
}

fn texel(texture: &ColorImage, at: Pos2) -> Color32 {
    let [width, height] = texture.size;
    let x = ((at.x * width as f32) as usize).min(width.saturating_sub(1));
    let y = ((at.y * height as f32) as usize).min(height.saturating_sub(1));
    texture.pixels.get(y * width + x).copied().unwrap_or(Color32::TRANSPARENT)
}

/// Twice the area of the triangle `a`, `b`, `at`: positive on one side of the edge, negative on the other.
fn side(a: Pos2, b: Pos2, at: Pos2) -> f32 {
    (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x)
}

/// Whether a pixel exactly on this edge belongs to the triangle: each edge that two triangles share belongs to one.
fn owns(a: Pos2, b: Pos2) -> bool {
    (a.y == b.y && b.x > a.x) || b.y < a.y
}

fn paint_triangle(
    pixels: &mut [Color32],
    width: usize,
    clip: Clip,
    [a, mut b, mut c]: [&Vertex; 3],
    texture: &ColorImage,
) {
    let mut area = side(a.pos, b.pos, c.pos);
    if area < 0.0 {
        std::mem::swap(&mut b, &mut c);
        area = -area;
    }
    if area <= f32::EPSILON {
        return;
    }
    let edges = [(b.pos, c.pos), (c.pos, a.pos), (a.pos, b.pos)];
    let around = Rect::from_points(&[a.pos, b.pos, c.pos]);
    let columns = centres(around.min.x, around.max.x, clip.left, clip.right);
    let (y0, y1) = centres(around.min.y, around.max.y, clip.top, clip.bottom);
    let is_plain = a.color == b.color && b.color == c.color;
    let is_flat = a.uv == b.uv && b.uv == c.uv;
    let flat = texel(texture, a.uv);
    for y in y0..y1 {
        let (from, to) = inside(&edges, y, columns);
        let row = &mut pixels[y * width + from..y * width + to.max(from)];
        if is_plain && is_flat {
            blend(row, tinted(flat, a.color));
            continue;
        }
        for (index, below) in row.iter_mut().enumerate() {
            let at = centre(from + index, y);
            let [wa, wb, wc] = edges.map(|(from, to)| side(from, to, at) / area);
            let tint = if is_plain { a.color } else { mixed([a.color, b.color, c.color], [wa, wb, wc]) };
            let texel = if is_flat {
                flat
            } else {
                let mix = |a: f32, b: f32, c: f32| a * wa + b * wb + c * wc;
                let uv = Pos2::new(mix(a.uv.x, b.uv.x, c.uv.x), mix(a.uv.y, b.uv.y, c.uv.y));
                texel(texture, uv)
            };
            let color = tinted(texel, tint);
            if color != Color32::TRANSPARENT {
                *below = below.blend(color);
            }
        }
    }
}

/// The middle of a pixel.
fn centre(x: usize, y: usize) -> Pos2 {
    Pos2::new(x as f32 + 0.5, y as f32 + 0.5)
}

/// The first pixel of a row that lies in a triangle, and the one behind the last, among some columns.
fn inside(edges: &[(Pos2, Pos2); 3], y: usize, (mut from, mut to): (usize, usize)) -> (usize, usize) {
    let holds = |x: usize| {
        edges.iter().all(|(a, b)| {
            let side = side(*a, *b, centre(x, y));
            side > 0.0 || (side == 0.0 && owns(*a, *b))
        })
    };
    let start = centre(0, y);
    for (a, b) in edges {
        // From pixel to pixel the side changes by this much.
        let step = a.y - b.y;
        if step == 0.0 {
            continue;
        }
        let crossed = -side(*a, *b, start) / step;
        if step > 0.0 {
            from = from.max((crossed.floor().max(1.0) - 1.0) as usize);
        } else {
            to = to.min((crossed.ceil().max(-1.0) + 1.0) as usize);
        }
    }
    // What was computed may be off by a pixel: the edges themselves decide.
    while from < to && !holds(from) {
        from += 1;
    }
    while from < to && !holds(to - 1) {
        to -= 1;
    }
    (from, to.max(from))
}

fn blend(row: &mut [Color32], color: Color32) {
    match color.a() {
        u8::MAX => row.fill(color),
        _ if color == Color32::TRANSPARENT => {}
        _ => row.iter_mut().for_each(|below| *below = below.blend(color)),
    }
}

fn mixed(colors: [Color32; 3], weights: [f32; 3]) -> Color32 {
    let channel = |index: usize| {
        let sum: f32 = colors.iter().zip(weights).map(|(color, part)| f32::from(color[index]) * part).sum();
        sum.round() as u8
    };
    Color32::from_rgba_premultiplied(channel(0), channel(1), channel(2), channel(3))
}

#[cfg(test)]
mod tests {
    use egui::epaint::textures::TextureOptions;
    use egui::epaint::{ImageDelta, WHITE_UV};

    use super::*;

    fn white() -> (TextureId, ColorImage) {
        (TextureId::default(), ColorImage::filled([1, 1], Color32::WHITE))
    }

    fn raster() -> Raster {
        let mut raster = Raster::new(8, 4);
        let mut delta = TexturesDelta::default();
        let (id, image) = white();
        delta.push(id, ImageDelta::full(image, TextureOptions::NEAREST));
        raster.take_textures(delta);
        raster
    }

    fn paint(raster: &mut Raster, mesh: Mesh, clip: Rect) {
        let primitive = ClippedPrimitive { clip_rect: clip, primitive: Primitive::Mesh(mesh) };
        raster.paint(&[primitive], Color32::BLACK);
    }

    fn everything() -> Rect {
        Rect::from_min_max(Pos2::ZERO, Pos2::new(8.0, 4.0))
    }

    #[test]
    fn a_rectangle_covers_the_pixels_whose_centres_it_holds() {
        let (mut raster, mut mesh) = (raster(), Mesh::default());
        mesh.add_colored_rect(Rect::from_min_max(Pos2::new(1.0, 0.6), Pos2::new(3.4, 2.0)), Color32::RED);
        paint(&mut raster, mesh, everything());
        let red: Vec<usize> = (0..32).filter(|index| raster.pixels()[*index] == Color32::RED).collect();
        assert_eq!(red, [9, 10]);
    }

    #[test]
    fn triangles_that_share_an_edge_paint_each_pixel_once() {
        let (mut raster, mut mesh) = (raster(), Mesh::default());
        let half = Color32::from_rgba_premultiplied(100, 0, 0, 100);
        let corners = [(0.0, 0.0), (8.0, 0.0), (8.0, 4.0), (0.0, 4.0), (3.0, 1.5)];
        for (x, y) in corners {
            mesh.vertices.push(Vertex { pos: Pos2::new(x, y), uv: WHITE_UV, color: half });
        }
        for index in 0..4 {
            mesh.add_triangle(index, (index + 1) % 4, 4);
        }
        paint(&mut raster, mesh, everything());
        assert!(raster.pixels().iter().all(|pixel| *pixel == Color32::BLACK.blend(half)));
    }

    #[test]
    fn nothing_is_painted_outside_the_clip() {
        let (mut raster, mut mesh) = (raster(), Mesh::default());
        mesh.add_colored_rect(Rect::from_min_max(Pos2::new(-9.0, -9.0), Pos2::new(99.0, 99.0)), Color32::RED);
        paint(&mut raster, mesh, Rect::from_min_max(Pos2::new(6.0, 3.0), Pos2::new(50.0, 50.0)));
        assert_eq!(raster.pixels().iter().filter(|pixel| **pixel == Color32::RED).count(), 2);
    }
}
