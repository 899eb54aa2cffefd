"""Ranges for the kitchen: spices, staples, oils, sauces and drinks."""

from __future__ import annotations

from dms_desktop.sample.ranges import Category, Range

SPICES = Category("Spices", 15, 7, 12)
PICKLES = Category("Pickles", 15, 7, 12)
MIXES = Category("Mixes and Soups", 14, 6, 9)
SALT = Category("Salt and Sugar", 8, 3, 24)
TEA = Category("Tea and Coffee", 12, 5, 12)
HEALTH = Category("Health Drinks", 11, 5, 12)
JUICES = Category("Fruit Drinks", 14, 6, 6)
AERATED = Category("Soft Drinks", 14, 6, 4)
WATER = Category("Water", 25, 8, 6)
OILS = Category("Edible Oils", 6, 2, 9)
FLOURS = Category("Flours", 8, 3, 3)
GRAINS = Category("Rice and Pulses", 9, 3, 12)
NOODLES = Category("Noodles and Pasta", 13, 6, 9)
SAUCES = Category("Sauces and Jams", 14, 6, 12)
DRY_FRUITS = Category("Dry Fruits", 12, 4, 9)

SPICE_BRANDS = "Masalekar|Tikhasree"
STAPLE_BRANDS = "Rasoidhan|Dhanvati"
POWDER_PACKS = "50g 22 20/200|100g 42 10/100|200g 82 10/60|500g 198 4/24"
WHOLE_PACKS = "50g 25 20/120|100g 48 10/100|250g 110 6/48|500g 210 4/24"
DAL_PACKS = "500g 82 10/40|1kg 158 5/25|5kg 760 1/5"
OIL_PACKS = "500ml 82 12/24|1L 158 6/12|2L 312 3/6|5L 765 2/4"
NUT_PACKS = "100g 120 10/60|250g 290 6/36|500g 560 4/20|1kg 1090 1/10"

# fmt: off
RANGES = (
    Range(SPICES, SPICE_BRANDS, "Turmeric Powder", "हल्दी पाउडर", "09103030", 5, "PAC",
          "Salem|Rajapuri", POWDER_PACKS),
    Range(SPICES, SPICE_BRANDS, "Chilli Powder", "मिर्च पाउडर", "09042211", 5, "PAC",
          "Kashmiri|Guntur|Byadgi|Teekha", POWDER_PACKS),
    Range(SPICES, SPICE_BRANDS, "Coriander Powder", "धनिया पाउडर", "09092200", 5, "PAC",
          "Regular|Indori", POWDER_PACKS),
    Range(SPICES, SPICE_BRANDS, "Jeera Powder", "जीरा पाउडर", "09093200", 5, "PAC",
          "Regular", POWDER_PACKS),
    Range(SPICES, SPICE_BRANDS, "Black Pepper Powder", "काली मिर्च", "09041200", 5, "PAC",
          "Regular", "50g 75 20/120|100g 145 10/60"),
    Range(SPICES, SPICE_BRANDS, "", "गरम मसाला", "09109100", 5, "BOX",
          "Garam Masala|Kitchen King|Chole Masala|Pav Bhaji Masala|Sambar Masala|Goda Masala"
          "|Kanda Lasun Masala|Biryani Masala|Chaat Masala|Misal Masala|Chicken Masala"
          "|Mutton Masala|Rajma Masala|Tea Masala|Pani Puri Masala",
          "15g 10 24/240|50g 42 10/120|100g 78 10/80|200g 148 6/48"),
    Range(SPICES, "Masalekar", "Jeera Whole", "जीरा", "09093129", 5, "PAC", "Regular",
          WHOLE_PACKS),
    Range(SPICES, "Masalekar", "Methi Seeds", "मेथी", "09109912", 5, "PAC", "Regular",
          WHOLE_PACKS),
    Range(SPICES, "Masalekar", "Ajwain", "अजवाइन", "09109914", 5, "PAC", "Regular", WHOLE_PACKS),
    Range(SPICES, "Masalekar", "Elaichi Green", "इलायची", "09083120", 5, "PAC", "Regular",
          "10g 55 20/200|25g 130 20/120|50g 250 10/60"),
    Range(SPICES, "Masalekar", "Dalchini", "दालचीनी", "09061110", 5, "PAC", "Regular",
          "25g 30 20/200|50g 56 20/120|100g 108 10/60"),
    Range(SPICES, SPICE_BRANDS, "Hing", "हींग", "13019013", 5, "BTL", "Strong|Bandhani",
          "10g 22 20/200|50g 92 10/100|100g 175 10/60"),
    Range(PICKLES, SPICE_BRANDS, "Pickle", "अचार", "20019000", 5, "BTL",
          "Mango|Lime|Mixed|Chilli|Garlic|Amla|Sweet Mango",
          "200g 62 12/48|400g 110 6/24|1kg 235 2/12"),
    Range(MIXES, "Masalekar", "Instant Mix", "इंस्टेंट मिक्स", "21069099", 5, "BOX",
          "Gulab Jamun|Idli|Dosa|Dhokla|Upma|Vada", "200g 65 10/60|500g 135 6/24"),
    Range(MIXES, "Masalekar", "Soup Powder", "सूप", "21041010", 5, "BOX",
          "Tomato|Sweet Corn|Manchow|Hot and Sour", "12g 10 24/240|45g 65 12/96"),
    Range(SALT, SPICE_BRANDS, "Iodised Salt", "नमक", "25010010", 0, "PAC",
          "Free Flow|Crystal", "500g 14 25/50|1kg 28 5/25"),
    Range(SALT, SPICE_BRANDS, "Rock Salt", "सेंधा नमक", "25010020", 0, "PAC", "Powder",
          "200g 25 12/60|1kg 99 5/20"),
    Range(TEA, "Subhorang", "Tea", "चाय", "09023020", 5, "PAC",
          "Premium|Strong|Assam|Elaichi|Masala|Family",
          "50g 25 24/144|100g 48 12/96|250g 125 6/48|500g 248 4/24|1kg 485 2/12"),
    Range(TEA, "Subhorang", "Tea Bags", "टी बैग", "09024040", 5, "BOX",
          "Classic|Ginger|Tulsi|Lemon", "25 bags 110 12/48|100 bags 395 4/24"),
    Range(TEA, "Subhorang", "Green Tea", "ग्रीन टी", "09021020", 5, "BOX", "Plain|Lemon",
          "100g 165 12/48|250g 380 6/24"),
    Range(TEA, "Kapivana", "Instant Coffee", "इंस्टेंट कॉफी", "21011120", 5, "BTL",
          "Classic|Gold|Strong", "24g 75 12/96|50g 145 12/72|100g 275 6/36|200g 520 2/12"),
    Range(TEA, "Kapivana", "Filter Coffee", "फिल्टर कॉफी", "09019020", 5, "PAC",
          "80-20|60-40|Peaberry 53-47", "200g 125 10/40|500g 305 4/20"),
    Range(HEALTH, "Subhorang", "Malt Drink", "माल्ट ड्रिंक", "19019090", 5, "BTL",
          "Chocolate|Kesar|Elaichi|Classic",
          "75g 30 24/96|200g 115 6/36|500g 255 4/24|1kg 475 2/12"),
    Range(HEALTH, "Phalrasika", "Glucose Powder", "ग्लूकोज़", "17023031", 5, "BOX",
          "Regular|Orange|Nimbu", "75g 30 12/96|200g 75 6/48|500g 160 4/24"),
    Range(JUICES, "Phalrasika", "Fruit Drink", "फलों का रस", "22029920", 5, "BTL",
          "Mango|Guava|Litchi|Mixed Fruit|Apple|Orange",
          "160ml 10 10/40|250ml 20 6/30|600ml 40 6/24|1.2L 75 4/12|2L 115 3/9"),
    Range(JUICES, "Phalrasika", "Juice", "जूस", "20099000", 5, "BOX",
          "Mixed Fruit|Berry Blend|Citrus Blend", "200ml 30 6/30|1L 125 4/12"),
    Range(JUICES, "Phalrasika", "Sharbat", "शरबत", "21069011", 5, "BTL",
          "Rose|Khus|Kesar|Kokum|Kala Khatta|Aam Panna", "250ml 75 12/48|750ml 170 6/12"),
    Range(JUICES, "Phalrasika", "Drink Powder", "ड्रिंक पाउडर", "21069050", 5, "PAC",
          "Orange|Mango|Nimbu", "75g 25 12/120|500g 135 4/24|750g 199 2/12"),
    Range(JUICES, "Phalrasika", "Soya Milk", "सोया दूध", "22029910", 5, "BOX",
          "Plain|Chocolate|Badam", "200ml 32 6/30|1L 135 4/12"),
    Range(AERATED, "Fizbunda", "Soft Drink", "ठंडा", "22021010", 40, "BTL",
          "Cola|Lemon|Orange|Jeera|Clear Lime|Ginger",
          "250ml 20 7/28|600ml 40 6/24|750ml 45 6/24|1.25L 65 4/12|2.25L 99 3/9"),
    Range(AERATED, "Fizbunda", "Energy Drink", "एनर्जी ड्रिंक", "22029990", 40, "CAN",
          "Original|Berry|No Sugar", "250ml 65 6/24|500ml 110 6/24"),
    Range(WATER, "Jaljhari", "Drinking Water", "पानी", "22011010", 5, "BTL", "Plain",
          "250ml 8 12/48|500ml 10 6/24|1L 20 6/12|2L 30 3/9|5L 65 1/4"),
    Range(OILS, STAPLE_BRANDS, "Sunflower Oil", "सूरजमुखी तेल", "15121910", 5, "BTL",
          "Refined|Lite|Fortified", OIL_PACKS),
    Range(OILS, STAPLE_BRANDS, "Soyabean Oil", "सोयाबीन तेल", "15079010", 5, "BTL",
          "Refined|Fortified", OIL_PACKS),
    Range(OILS, STAPLE_BRANDS, "Groundnut Oil", "मूंगफली तेल", "15089091", 5, "BTL",
          "Filtered|Refined", OIL_PACKS),
    Range(OILS, STAPLE_BRANDS, "Mustard Oil", "सरसों तेल", "15149920", 5, "BTL", "Kachi Ghani",
          OIL_PACKS),
    Range(OILS, "Dhanvati", "Rice Bran Oil", "राइस ब्रान तेल", "15159040", 5, "BTL", "Refined",
          OIL_PACKS),
    Range(FLOURS, STAPLE_BRANDS, "Atta", "आटा", "11010000", 5, "PAC",
          "Chakki|Multigrain|Sharbati|Khapli",
          "1kg 58 10/20|2kg 112 5/10|5kg 268 2/6|10kg 510 1/4"),
    Range(FLOURS, STAPLE_BRANDS, "Maida", "मैदा", "11010000", 5, "PAC", "Regular",
          "500g 28 20/40|1kg 52 10/20"),
    Range(FLOURS, STAPLE_BRANDS, "Besan", "बेसन", "11061000", 5, "PAC", "Fine|Ladoo",
          "500g 62 20/40|1kg 120 10/20|5kg 580 1/5"),
    Range(FLOURS, STAPLE_BRANDS, "Rice Flour", "चावल आटा", "11029022", 5, "PAC", "Regular",
          "500g 38 20/40|1kg 72 10/20"),
    Range(GRAINS, STAPLE_BRANDS, "Basmati Rice", "बासमती चावल", "10063020", 5, "PAC",
          "Premium|Classic|Tibar|Mogra|Dubar", "1kg 125 5/25|5kg 590 1/5|10kg 1150 1/2"),
    Range(GRAINS, STAPLE_BRANDS, "Rice", "चावल", "10063090", 5, "PAC",
          "Kolam|Sona Masoori|Indrayani|Ambemohar", "1kg 82 5/25|5kg 395 1/5|10kg 770 1/2"),
    Range(GRAINS, STAPLE_BRANDS, "Toor Dal", "तूर दाल", "07136000", 5, "PAC",
          "Regular|Unpolished", DAL_PACKS),
    Range(GRAINS, STAPLE_BRANDS, "Moong Dal", "मूंग दाल", "07133190", 5, "PAC",
          "Regular|Unpolished", DAL_PACKS),
    Range(GRAINS, STAPLE_BRANDS, "Chana Dal", "चना दाल", "07132020", 5, "PAC", "Regular",
          DAL_PACKS),
    Range(GRAINS, STAPLE_BRANDS, "Urad Dal", "उड़द दाल", "07133110", 5, "PAC",
          "Whole|Split", DAL_PACKS),
    Range(GRAINS, STAPLE_BRANDS, "Masoor Dal", "मसूर दाल", "07134000", 5, "PAC", "Regular",
          DAL_PACKS),
    Range(GRAINS, STAPLE_BRANDS, "Kabuli Chana", "काबुली चना", "07132010", 5, "PAC", "Regular",
          DAL_PACKS),
    Range(GRAINS, STAPLE_BRANDS, "Rajma", "राजमा", "07133300", 5, "PAC", "Chitra|Jammu",
          DAL_PACKS),
    Range(GRAINS, STAPLE_BRANDS, "Poha", "पोहा", "19041020", 5, "PAC", "Thick|Thin",
          "500g 38 20/40|1kg 72 10/20"),
    Range(GRAINS, "Dhanvati", "Soya", "सोया", "21061000", 5, "PAC", "Chunks|Granules|Mini Chunks",
          "50g 10 24/192|200g 50 10/60|1kg 170 5/20"),
    Range(SALT, STAPLE_BRANDS, "Sugar", "चीनी", "17019990", 5, "PAC",
          "Crystal|Sulphurless|Brown", "500g 26 20/40|1kg 50 5/25|5kg 240 1/5"),
    Range(SALT, STAPLE_BRANDS, "Jaggery", "गुड़", "17011410", 5, "PAC", "Block|Powder",
          "500g 45 10/40|1kg 85 10/20"),
    Range(NOODLES, "Noodlika", "Instant Noodles", "नूडल्स", "19023010", 5, "PAC",
          "Masala|Atta|Chicken|Schezwan|Curry",
          "35g 7 24/192|70g 15 12/96|140g 29 12/48|280g 57 6/24|560g 110 4/12"),
    Range(NOODLES, "Noodlika", "Pasta", "पास्ता", "19021900", 5, "PAC",
          "Vermicelli|Macaroni|Penne|Spaghetti", "180g 25 12/72|400g 55 10/40|900g 110 4/20"),
    Range(SAUCES, "Jamvati", "Ketchup", "केचप", "21032000", 5, "BTL",
          "Tomato|No Onion Garlic|Hot and Sweet",
          "90g 20 24/96|200g 60 12/48|500g 115 6/24|950g 155 4/12"),
    Range(SAUCES, "Jamvati", "Soya Sauce", "सोया सॉस", "21031000", 5, "BTL", "Dark|Light",
          "90g 25 24/96|200g 55 12/48|750g 110 4/12"),
    Range(SAUCES, "Jamvati", "Chilli Sauce", "चिली सॉस", "21039020", 5, "BTL", "Red|Green",
          "90g 25 24/96|200g 58 12/48|680g 115 4/12"),
    Range(SAUCES, "Jamvati", "Mayonnaise", "मेयोनीज़", "21039030", 5, "BTL",
          "Veg|Garlic|Tandoori", "85g 30 24/96|275g 89 12/36|1kg 249 2/12"),
    Range(SAUCES, "Jamvati", "Jam", "जैम", "20079990", 5, "BTL", "Mixed Fruit|Strawberry",
          "100g 45 12/72|200g 85 12/48|500g 178 6/24"),
    Range(SAUCES, "Jamvati", "Mango Jam", "आम जैम", "20079910", 5, "BTL", "Alphonso",
          "200g 90 12/48|500g 185 6/24"),
    Range(SAUCES, STAPLE_BRANDS, "Honey", "शहद", "04090000", 5, "BTL", "Natural|Multiflora",
          "50g 40 24/96|100g 72 12/72|250g 125 12/36|500g 235 6/24|1kg 430 2/12"),
    Range(DRY_FRUITS, "Dhanvati", "Almonds", "बादाम", "08021200", 5, "PAC", "Regular|Mamra",
          NUT_PACKS),
    Range(DRY_FRUITS, "Dhanvati", "Cashew", "काजू", "08013220", 5, "PAC", "W320|W240", NUT_PACKS),
    Range(DRY_FRUITS, "Dhanvati", "Raisins", "किशमिश", "08062010", 5, "PAC", "Golden|Black",
          "100g 60 10/60|250g 140 6/36|500g 270 4/20"),
    Range(DRY_FRUITS, "Dhanvati", "Dates", "खजूर", "08041020", 5, "PAC", "Seedless|Kimia",
          "250g 95 12/48|500g 180 6/24"),
    Range(MIXES, "Jamvati", "Custard Powder", "कस्टर्ड पाउडर", "21069080", 5, "BOX",
          "Vanilla|Mango", "100g 48 12/72|500g 160 4/24"),
    Range(MIXES, "Jamvati", "Baking Powder", "बेकिंग पाउडर", "21023000", 5, "BTL", "Regular",
          "50g 30 12/96|100g 52 12/72"),
    Range(MIXES, "Jamvati", "Corn Flour", "कॉर्न फ्लोर", "11081200", 5, "BOX", "Regular",
          "100g 30 12/96|500g 105 6/24"),
)
# fmt: on
