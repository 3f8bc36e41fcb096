"""Projects of the Ideation & Prototyping Lab of the Technologiestiftung Berlin."""
