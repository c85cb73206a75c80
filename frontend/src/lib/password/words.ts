/** 512 short English words that are easy to spell: nine bits each. */
export const words: readonly string[] = `
acid acorn acre actor adapt adder agent album alder alert algae alley alloy almond alpine amber anchor angle
animal ankle apple april apron arcade arch arena armor arrow aspen atlas attic autumn avenue award axle bacon
badge bagel baker ballet bamboo banana banner barge barley barn barrel basil basin basket beach beacon beam bean
bear beaver bell bench berry birch bishop bison board boat bolt border bottle branch brass bread breeze brick
bridge brook broom brush bucket buckle bugle bundle butter button cabin cable cactus calm camel candle canoe
canvas canyon carbon cargo carpet carrot castle cattle cave cedar cello cement chain chalk chapel charm cherry
chess chest cider cinema circle citrus clay cliff clock cloth cloud clover coach coast cobalt cocoa coffee coin
comet copper coral corner cotton cradle crane crater crown cube cycle daisy dance dawn deer delta desert diary
dice dinner dock dome donkey door dragon drawer drift drum duck dune dusk eagle earth easel echo elbow elder elk
elm ember engine estate fabric falcon farm fence fern ferry fiddle field fig finch fir flag flame flask flint
flood floor flour flute foam fog folder forest fork fossil fox frame frost fruit galaxy garden garlic garnet
gate geyser ginger glass glider globe glove goat gold goose gorge grain grape grass gravel grove guitar gull
hammer harbor harp hawk hazel heath hedge helmet herb heron hill hinge hollow honey hood horn horse hotel husky
ice igloo index indigo ink inlet iris iron island ivory ivy jacket jade jaguar jar jelly jewel jigsaw jungle
kayak kernel kettle kiln kite koala ladder ladle lagoon lake lamb lamp larch lark laurel lava leaf ledge lemon
lentil lilac lily lime linen lion lizard llama locket lodge lotus lumber lunar lynx magnet mango mantle maple
marble market marsh mast meadow melody melon meteor mill mint mirror mist mitten moat moon moose mosaic moss
moth mural museum napkin nectar needle nest nettle nickel night noble north nutmeg oak oasis oat obelisk ocean
olive onion onyx opal orange orbit orchard orchid organ osprey otter oval oven owl oyster paddle palace palm
panda panel panther papaya paper parade parcel parrot parsley pasture patio peach peacock pear pearl pebble
pelican pencil pepper piano pigeon pillar pillow pine pirate planet plank plaster plum plume pocket polar pollen
pond poplar poppy porch potato prairie prism puddle puffin pumpkin quarry quartz quill quilt rabbit radar radish
raft rain ranch raven reef ribbon ridge river robin rocket rope rose ruby rudder saddle saffron sage sail salmon
salt sand satin saucer scarf school scooter seal shadow shell shore silk silver sketch sleigh slope snow soap
socket sofa solar spark sparrow spice spiral spoon spring spruce square squash stable star statue steam steel
stone stork storm stove straw stream sugar summer summit sunset swan table tailor talon teapot temple tent
thimble thistle thunder tiger timber tinder toast topaz torch tower trail train trellis trumpet tulip tundra
tunnel turnip turtle valley vanilla vase velvet village vine violet violin volcano wagon walnut walrus water
wave wheat wheel whistle willow window winter wolf wool yarn yellow zebra zinc
`
  .trim()
  .split(/\s+/);
